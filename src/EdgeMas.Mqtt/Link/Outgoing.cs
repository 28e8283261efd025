using EdgeMas.Core.Bus;
using EdgeMas.Core.Messages;
using MQTTnet;

namespace EdgeMas.Mqtt.Link;

/// <summary>One message on its way to the broker. Pooled by the <see cref="Outbox"/>, which owns it.</summary>
internal sealed class Outgoing
{
    internal Outgoing()
    {
        Place = new LinkedListNode<Outgoing>(this);
        ExpendablePlace = new LinkedListNode<Outgoing>(this);
    }

    internal Delivery Delivery { get; private set; }

    /// <summary>Of a request from outside that this answers.</summary>
    internal byte[]? CorrelationData { get; private set; }

    /// <summary>Grows by one with every message that is accepted.</summary>
    internal long Sequence { get; private set; }

    /// <summary>Estimated bytes.</summary>
    internal int Cost { get; private set; }

    /// <summary>To be kept by the broker, whether the publisher asked for it now or before the link subscribed.</summary>
    internal bool Retain => Delivery.Retain || Delivery.Retained;

    /// <summary>The first to go when the queue is full.</summary>
    internal bool IsExpendable => Delivery.Qos == Qos.AtMostOnce && !Retain;

    /// <summary>The broker's answer; null when it was not sent and never will be.</summary>
    internal Task<MqttClientPublishResult>? Sending { get; set; }

    internal LinkedListNode<Outgoing> Place { get; }

    internal LinkedListNode<Outgoing> ExpendablePlace { get; }

    internal void Fill(in Delivery delivery, byte[]? correlationData, long sequence, int cost) =>
        (Delivery, CorrelationData, Sequence, Cost, Sending) = (delivery, correlationData, sequence, cost, null);

    /// <summary>Lets the message be collected while this waits in the pool.</summary>
    internal void Clear() => Fill(default, null, 0, 0);

    internal static int Estimate(Message message) => 512 + message.Data switch
    {
        ReadOnlyMemory<byte> bytes => bytes.Length,
        byte[] bytes => bytes.Length,
        string text => text.Length * sizeof(char),
        _ => 512,
    };
}
