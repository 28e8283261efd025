using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Missions;
using EdgeMas.Core.Topics;

namespace EdgeMas.Host.Robot;

/// <summary>Follows what becomes of spoken orders, so that a run can wait for the missions of a recording. Any thread.</summary>
internal sealed class SpokenOrders : IDeliverySink, IDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, TaskCompletionSource> _heard = new(StringComparer.Ordinal);
    private readonly HashSet<string> _missions = new(StringComparer.Ordinal);
    private readonly IDisposable[] _subscriptions;

    public SpokenOrders(RobotTopics topics, IBus bus) =>
        _subscriptions = [bus.Subscribe(topics.SpeechHeard, this), bus.Subscribe($"{topics.Root}/missions/+/state", this)];

    public bool TryAccept(in Delivery delivery)
    {
        var message = delivery.Message;
        lock (_lock)
        {
            if (message.Data is SpeechHeard { Text.Length: > 0 } && !delivery.Retained)
            {
                _heard[message.Id] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
            else if (message.Data is Mission mission && message.CorrelationId is { } id && _heard.TryGetValue(id, out var end))
            {
                _missions.Add(id);
                if (mission.HasEnded)
                    end.TrySetResult();
            }
        }
        return true;
    }

    /// <summary>Returns when every mission that came of what was heard so far has ended. An order that becomes no mission is answered within seconds.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        KeyValuePair<string, TaskCompletionSource>[] waiting;
        lock (_lock)
            waiting = [.. _heard];
        foreach (var (id, end) in waiting)
        {
            await Task.WhenAny(end.Task, Task.Delay(AnswerLimit, TimeProvider.System, cancellationToken));
            bool isMission;
            lock (_lock)
                isMission = _missions.Contains(id);
            if (isMission)
                await end.Task.WaitAsync(cancellationToken);
            lock (_lock)
                _heard.Remove(id);
        }
        cancellationToken.ThrowIfCancellationRequested();
    }

    public void Dispose()
    {
        foreach (var subscription in _subscriptions)
            subscription.Dispose();
    }
}
