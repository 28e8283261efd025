using System.Collections.Concurrent;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Missions;
using EdgeMas.Core.Topics;

namespace EdgeMas.Host.Robot;

/// <summary>Gives orders in the name of the person at the console and waits for their end. Any thread.</summary>
internal sealed class OrderDesk : IDeliverySink, IDisposable
{
    private const string Name = "console";

    private readonly RobotTopics _topics;
    private readonly IBus _bus;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<OrderEnd>> _open = new(StringComparer.Ordinal);
    private readonly IDisposable _subscription;

    public OrderDesk(RobotTopics topics, IBus bus, TimeProvider time)
    {
        _topics = topics;
        _bus = bus;
        _time = time;
        _subscription = bus.Subscribe(topics.Inbox(Name), this);
    }

    /// <summary>Returns when the mission that came of the order has ended, or the order was answered without one. Cancelling takes the order back.</summary>
    public async Task<OrderEnd> GiveAsync(string text, string source, CancellationToken cancellationToken)
    {
        var message = NewMessage(MessageTypes.OrderRequest, new OrderRequest(text, source), Performative.Request, null);
        var end = new TaskCompletionSource<OrderEnd>(TaskCreationOptions.RunContinuationsAsynchronously);
        _open[message.Id] = end;
        try
        {
            if (_bus.Publish(_topics.Orders, message, Qos.AtLeastOnce) is { Accepted: 0 } or { Dropped: > 0 })
                return new OrderEnd(null, "The coordinator did not take the order: it is not running, or its mailbox is full.");
            return await end.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _bus.Publish(_topics.Orders, NewMessage(MessageTypes.OrderRequest, null, Performative.Cancel, message.Id), Qos.AtLeastOnce);
            throw;
        }
        finally
        {
            _open.TryRemove(message.Id, out _);
        }
    }

    /// <summary>Takes back whatever runs.</summary>
    public void CancelAll() => _bus.Publish(_topics.Orders, NewMessage(MessageTypes.OrderRequest, null, Performative.Cancel, null), Qos.AtLeastOnce);

    public bool TryAccept(in Delivery delivery)
    {
        if (delivery.Message.CorrelationId is { } id && _open.TryGetValue(id, out var end))
            end.TrySetResult(delivery.Message.Data is Mission mission ? new OrderEnd(mission, null) : new OrderEnd(null, delivery.Message.Data as string ?? "The order was not taken."));
        return true;
    }

    public void Dispose() => _subscription.Dispose();

    private Message NewMessage(string type, object? data, Performative performative, string? correlation) => new()
    {
        Id = MessageIds.Next(),
        Source = $"/agents/{Name}",
        Type = type,
        Time = _time.GetUtcNow(),
        Data = data,
        Performative = performative,
        CorrelationId = correlation,
    };
}
