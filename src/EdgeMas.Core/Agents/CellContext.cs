using System.Text.Json;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Skills;
using EdgeMas.Core.Topics;

namespace EdgeMas.Core.Agents;

/// <summary>The asking side of an agent.</summary>
internal sealed class CellContext(CellServices services, string name, PendingAnswers pending, OpenRequests open) : AgentContext
{
    /// <summary>How long bids are collected.</summary>
    private static readonly TimeSpan BiddingTime = TimeSpan.FromMilliseconds(200);

    /// <summary>Beyond the callee's own limit and grace: a callee always answers, so this only ends what should not happen.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(10);

    /// <summary>How long a cancelled callee may take to say so.</summary>
    private static readonly TimeSpan CancelGrace = TimeSpan.FromSeconds(3);

    public override string Name => name;

    public override RobotTopics Topics => services.Topics;

    public override IBus Bus => services.Bus;

    public override TimeProvider Time => services.Time;

    public override SkillRegistry Registry => services.Registry;

    public override Message NewMessage(string type, object? data, Performative performative = Performative.Inform) => services.NewMessage(name, type, data, performative);

    public override void Reply(Message request, string type, object? data, Performative performative = Performative.Inform)
    {
        open.Remove(request.Id);
        services.Answer(name, request, type, data, performative);
    }

    public override async ValueTask<Message> RequestAsync(
        string agent, string type, object data, TimeSpan limit, Taint taint, string? correlation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var request = NewMessage(type, data, Performative.Request) with { Taint = taint, CorrelationId = correlation, Deadline = Time.GetUtcNow() + limit };
        using var answer = pending.Add(request.Id, agent);
        Bus.Publish(Topics.Inbox(agent), request, Qos.AtLeastOnce);
        if (!services.Knows(agent))
            return DeadLetter(agent, request);
        try
        {
            return await answer.Answer.Task.WaitAsync(limit, Time, cancellationToken);
        }
        catch (TimeoutException error)
        {
            SendCancel(agent, request);
            throw new TimeoutException($"agent '{agent}' did not answer '{type}' within {limit.TotalSeconds:0.###} s", error);
        }
        catch (OperationCanceledException)
        {
            SendCancel(agent, request);
            throw;
        }
    }

    public override async ValueTask<SkillReply> CallSkillAsync(
        string skill, JsonElement arguments, string? mission, Taint taint, Action<SkillProgress>? onProgress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var body = new SkillRequest(skill, arguments, mission);
        var providers = Registry.ProvidersOf(skill);
        if (providers.Count == 0 || Registry.Find(skill) is not { } descriptor)
            return new SkillReply("", SkillOutcome.Failed($"no agent offers the skill '{skill}'"));
        var agent = providers[0];
        if (providers.Count > 1)
        {
            var award = await AwardAsync(providers, body, taint, cancellationToken);
            if (award.Refusal is { } refusal)
                return new SkillReply("", SkillOutcome.Failed(refusal));
            agent = award.Agent;
        }
        return new SkillReply(agent, await CallAsync(agent, descriptor, body, taint, onProgress, cancellationToken));
    }

    private async Task<SkillOutcome> CallAsync(
        string agent, SkillDescriptor skill, SkillRequest body, Taint taint, Action<SkillProgress>? onProgress, CancellationToken cancellationToken)
    {
        var request = NewMessage(MessageTypes.SkillRequest, body, Performative.Request) with { Taint = taint, CorrelationId = body.Mission };
        using var answer = pending.Add(request.Id, agent, onProgress is null ? null : report => onProgress(new SkillProgress(report.Fraction, report.Note)));
        Bus.Publish(Topics.Inbox(agent), request, Qos.AtLeastOnce);
        var limit = skill.TimeLimit == Timeout.InfiniteTimeSpan ? Timeout.InfiniteTimeSpan : skill.TimeLimit + Reserve;
        try
        {
            return OutcomeOf(await answer.Answer.Task.WaitAsync(limit, Time, cancellationToken), agent);
        }
        catch (TimeoutException)
        {
            return SkillOutcome.Failed($"agent '{agent}' did not answer the call of '{skill.Name}' within {limit.TotalSeconds:0.#} s");
        }
        catch (OperationCanceledException)
        {
            SendCancel(agent, request);
            await ((Task)answer.Answer.Task).WaitAsync(CancelGrace, Time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    /// <summary>Contract net: calls for bids and takes the cheapest; the first provider where nobody answers in time. Source: FIPA SC00029H.</summary>
    private async Task<(string Agent, string? Refusal)> AwardAsync(IReadOnlyList<string> providers, SkillRequest body, Taint taint, CancellationToken cancellationToken)
    {
        var calls = new List<(string Agent, PendingAnswers.Pending Answer)>(providers.Count);
        try
        {
            foreach (var provider in providers)
            {
                var call = NewMessage(MessageTypes.SkillRequest, body, Performative.Cfp) with { Taint = taint, CorrelationId = body.Mission };
                calls.Add((provider, pending.Add(call.Id, provider)));
                Bus.Publish(Topics.Inbox(provider), call, Qos.AtLeastOnce);
            }
            Task bids = Task.WhenAll(calls.Select(call => call.Answer.Answer.Task));
            await bids.WaitAsync(BiddingTime, Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            return Choose(calls);
        }
        finally
        {
            foreach (var (_, answer) in calls)
                answer.Dispose();
        }
    }

    private static (string Agent, string? Refusal) Choose(List<(string Agent, PendingAnswers.Pending Answer)> calls)
    {
        string? cheapest = null;
        string? silent = null;
        string? refusal = null;
        var least = double.PositiveInfinity;
        foreach (var (agent, pending) in calls)
        {
            var answer = pending.Answer.Task;
            if (!answer.IsCompletedSuccessfully)
                silent ??= agent;
            else if (answer.GetAwaiter().GetResult().Data is SkillBid bid && (cheapest is null || bid.Cost < least))
                (cheapest, least) = (agent, bid.Cost);
            else if (answer.GetAwaiter().GetResult().Data is string reason)
                refusal ??= reason;
        }
        return (cheapest ?? silent ?? "", cheapest is null && silent is null ? refusal ?? "nobody bid" : null);
    }

    private static SkillOutcome OutcomeOf(Message answer, string agent) => answer.Data switch
    {
        SkillEnded ended => ended.Outcome,
        string reason => SkillOutcome.Failed(reason),
        _ => SkillOutcome.Failed($"agent '{agent}' answered with '{answer.Type}', which is no outcome of a skill"),
    };

    private Message DeadLetter(string agent, Message request) =>
        services.NewMessage(agent, MessageTypes.Failure, $"there is no agent '{agent}'", Performative.Failure) with { CorrelationId = request.Id, Taint = request.Taint };

    private void SendCancel(string agent, Message request) => Bus.Publish(
        Topics.Inbox(agent), NewMessage(request.Type, null, Performative.Cancel) with { CorrelationId = request.Id }, Qos.AtLeastOnce);
}
