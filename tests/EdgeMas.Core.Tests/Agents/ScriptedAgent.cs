using System.Collections.Concurrent;
using System.Text.Json;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Skills;

namespace EdgeMas.Core.Tests.Agents;

/// <summary>An agent that a test writes in a few lambdas.</summary>
internal sealed class ScriptedAgent : Agent
{
    public Func<AgentContext, CancellationToken, ValueTask>? OnStart { get; init; }

    public Func<Delivery, AgentContext, CancellationToken, ValueTask>? OnReceive { get; init; }

    public Func<ValueTask>? OnStop { get; init; }

    public override IReadOnlyList<Skill> Skills => Offers;

    public IReadOnlyList<Skill> Offers { get; init; } = [];

    public override IReadOnlyList<string> Subscriptions => Filters;

    public IReadOnlyList<string> Filters { get; init; } = [];

    public ConcurrentQueue<Delivery> Received { get; } = new();

    public AgentContext Context { get; private set; } = null!;

    public override ValueTask StartAsync(AgentContext context, CancellationToken cancellationToken)
    {
        Context = context;
        return OnStart?.Invoke(context, cancellationToken) ?? ValueTask.CompletedTask;
    }

    public override ValueTask ReceiveAsync(Delivery delivery, AgentContext context, CancellationToken cancellationToken)
    {
        Received.Enqueue(delivery);
        return OnReceive?.Invoke(delivery, context, cancellationToken) ?? ValueTask.CompletedTask;
    }

    public override ValueTask StopAsync(AgentContext context, CancellationToken cancellationToken) => OnStop?.Invoke() ?? ValueTask.CompletedTask;

    internal static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();

    internal static Skill Skill(
        string name, Func<SkillCall, CancellationToken, ValueTask<SkillOutcome>> handler, SkillSchema? schema = null, SafetyClass safety = SafetyClass.Signal,
        Taint openTo = Taint.None, bool preempts = false, double seconds = 1, double limit = 30) =>
        new(new SkillDescriptor(name, "", (schema ?? new SkillSchema()).Build())
        {
            Safety = safety,
            OpenTo = openTo,
            Preempts = preempts,
            TypicalDuration = TimeSpan.FromSeconds(seconds),
            TimeLimit = TimeSpan.FromSeconds(limit),
        }, handler);

    /// <summary>A skill that runs until its token is cancelled; the source tells when it began.</summary>
    internal static Skill Endless(string name, out TaskCompletionSource began, SafetyClass safety = SafetyClass.Signal, double limit = 30, double seconds = 1)
    {
        var source = began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return Skill(name, async (_, token) =>
        {
            source.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return SkillOutcome.Done();
        }, safety: safety, limit: limit, seconds: seconds);
    }
}
