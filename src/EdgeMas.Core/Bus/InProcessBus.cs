using EdgeMas.Core.Messages;
using EdgeMas.Core.Topics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Core.Bus;

/// <summary>
/// The bus of one process. A publish to a known topic looks its subscribers up in a table that is replaced whole when subscriptions change: it takes no
/// lock and allocates nothing. Retained publishes and subscriptions take turns, so that a new subscriber never sees an old state after a newer one.
/// </summary>
public sealed partial class InProcessBus : IBus
{
    private readonly Lock _turn = new();
    private readonly RetainedMessages _retained;
    private readonly ILogger _logger;
    private volatile RouteTable _routes = RouteTable.Empty;
    private long _published;
    private long _delivered;
    private long _dropped;
    private long _failed;

    /// <param name="time">Decides whether a retained message is past its deadline.</param>
    /// <param name="logger">Hears of subscribers that throw; null for nobody.</param>
    public InProcessBus(TimeProvider time, ILogger? logger = null)
    {
        _retained = new RetainedMessages(time);
        _logger = logger ?? NullLogger.Instance;
    }

    /// <summary>A subscriber threw an exception: the topic and what it threw. Raised on the publisher's thread; the other subscribers get the message.</summary>
    public event Action<string, Exception>? SubscriberFailed;

    public BusCounters Counters => new(
        Interlocked.Read(ref _published), Interlocked.Read(ref _delivered), Interlocked.Read(ref _dropped), Interlocked.Read(ref _failed), _retained.Evicted);

    public PublishReceipt Publish(string topic, Message message, Qos qos = Qos.AtMostOnce, bool retain = false, bool fromBroker = false)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!retain)
            return Deliver(topic, new Delivery(topic, message, qos, Retained: false, fromBroker));
        TopicFilter.CheckName(topic);
        lock (_turn)
        {
            _retained.Set(topic, new Delivery(topic, message, qos, Retained: true, fromBroker, Retain: true));
            return Deliver(topic, new Delivery(topic, message, qos, Retained: false, fromBroker, Retain: true));
        }
    }

    public IDisposable Subscribe(string filter, IDeliverySink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        var subscription = new Subscription(this, TopicFilter.Parse(filter), sink);
        lock (_turn)
        {
            _routes = _routes.With(subscription);
            foreach (var kept in _retained.Matching(subscription.Filter))
                Count(TryHand(sink, kept) ? new PublishReceipt(1, 0) : new PublishReceipt(0, 1));
        }
        return subscription;
    }

    public IBusSession OpenSession(string name, string willTopic, Message will, bool retain)
    {
        ArgumentNullException.ThrowIfNull(will);
        TopicFilter.CheckName(willTopic);
        return new BusSession(this, name, willTopic, will, retain);
    }

    internal void Unsubscribe(Subscription subscription)
    {
        lock (_turn)
            _routes = _routes.Without(subscription);
    }

    private PublishReceipt Deliver(string topic, in Delivery delivery)
    {
        var sinks = _routes.SinksOf(topic);
        Interlocked.Increment(ref _published);
        var accepted = 0;
        foreach (var sink in sinks)
        {
            if (TryHand(sink, delivery))
                accepted++;
        }
        var receipt = new PublishReceipt(accepted, sinks.Length - accepted);
        Count(receipt);
        return receipt;
    }

    private bool TryHand(IDeliverySink sink, in Delivery delivery)
    {
        try
        {
            return sink.TryAccept(delivery);
        }
#pragma warning disable CA1031 // whatever one subscriber does, the others get their message; it is counted and told
        catch (Exception error)
#pragma warning restore CA1031
        {
            Interlocked.Increment(ref _failed);
            LogSubscriberFailed(_logger, delivery.Topic, error);
            SubscriberFailed?.Invoke(delivery.Topic, error);
            return false;
        }
    }

    private void Count(PublishReceipt receipt)
    {
        if (receipt.Accepted > 0)
            Interlocked.Add(ref _delivered, receipt.Accepted);
        if (receipt.Dropped > 0)
            Interlocked.Add(ref _dropped, receipt.Dropped);
    }

    [LoggerMessage(LogLevel.Error, "A subscriber of {Topic} failed; the others got the message")]
    private static partial void LogSubscriberFailed(ILogger logger, string topic, Exception error);
}
