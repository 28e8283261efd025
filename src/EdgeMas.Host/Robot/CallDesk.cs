using System.Collections.Concurrent;
using System.Text.Json;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Skills;
using EdgeMas.Core.Topics;

namespace EdgeMas.Host.Robot;

/// <summary>Calls skills in the name of the person at the console, past the planner but not past the agent's own checks. Any thread.</summary>
internal sealed class CallDesk : IDeliverySink, IDisposable
{
    private const string Name = "caller";

    private readonly RobotTopics _topics;
    private readonly IBus _bus;
    private readonly SkillRegistry _registry;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<SkillOutcome>> _open = new(StringComparer.Ordinal);
    private readonly IDisposable _subscription;

    public CallDesk(RobotTopics topics, IBus bus, SkillRegistry registry, TimeProvider time)
    {
        (_topics, _bus, _registry, _time) = (topics, bus, registry, time);
        _subscription = bus.Subscribe(topics.Inbox(Name), this);
    }

    /// <summary>Returns when the call has ended. Cancelling takes it back.</summary>
    public async Task<SkillOutcome> CallAsync(string skill, JsonElement arguments, CancellationToken cancellationToken)
    {
        if (_registry.ProvidersOf(skill) is not [var provider, ..])
            return SkillOutcome.Failed($"no agent has the skill '{skill}'; there are {string.Join(", ", _registry.Skills.Select(known => known.Name))}");
        var request = NewMessage(new SkillRequest(skill, arguments, null), Performative.Request, null);
        var end = new TaskCompletionSource<SkillOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        _open[request.Id] = end;
        try
        {
            if (_bus.Publish(_topics.Inbox(provider), request, Qos.AtLeastOnce) is { Accepted: 0 } or { Dropped: > 0 })
                return SkillOutcome.Failed($"agent '{provider}' did not take the call: its mailbox is full");
            return await end.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _bus.Publish(_topics.Inbox(provider), NewMessage(null, Performative.Cancel, request.Id), Qos.AtLeastOnce);
            throw;
        }
        finally
        {
            _open.TryRemove(request.Id, out _);
        }
    }

    public bool TryAccept(in Delivery delivery)
    {
        if (delivery.Message.CorrelationId is not { } id || !_open.TryGetValue(id, out var end))
            return true;
        if (delivery.Message.Data is SkillEnded ended)
            end.TrySetResult(ended.Outcome);
        else if (delivery.Message.Performative is Performative.Failure)
            end.TrySetResult(SkillOutcome.Failed(delivery.Message.Data as string ?? "the call was refused"));
        return true;
    }

    public void Dispose() => _subscription.Dispose();

    private Message NewMessage(object? data, Performative performative, string? correlation) => new()
    {
        Id = MessageIds.Next(),
        Source = $"/agents/{Name}",
        Type = MessageTypes.SkillRequest,
        Time = _time.GetUtcNow(),
        Data = data,
        Performative = performative,
        CorrelationId = correlation,
    };
}
