using EdgeMas.Core.Messages;

namespace EdgeMas.Core.Bus;

/// <summary>Publish/subscribe with MQTT semantics inside one process. All members may be called from any thread.</summary>
public interface IBus
{
    /// <summary>
    /// Hands the message by reference to every matching subscriber and returns; allocates nothing once the topic is known.
    /// A subscriber's full queue drops by that queue's policy, and the receipt says so.
    /// </summary>
    /// <param name="topic">A topic name without wildcards.</param>
    /// <param name="retain">Keep as the topic's last message; with null <see cref="Message.Data"/> the kept one is forgotten.</param>
    /// <param name="fromBroker">The message came in over a broker link.</param>
    PublishReceipt Publish(string topic, Message message, Qos qos = Qos.AtMostOnce, bool retain = false, bool fromBroker = false);

    /// <summary>Delivers matching messages to the sink until the result is disposed; retained ones at once, before this returns.</summary>
    /// <param name="filter">An MQTT topic filter; <see cref="Topics.TopicFilter"/>.</param>
    IDisposable Subscribe(string filter, IDeliverySink sink);

    /// <summary>Announces a last will: it is published when <see cref="IBusSession.Fail"/> is called, and forgotten when the session is disposed in peace.</summary>
    IBusSession OpenSession(string name, string willTopic, Message will, bool retain);

    /// <summary>Messages published, delivered and dropped since the start.</summary>
    BusCounters Counters { get; }
}
