using EdgeMas.Core.Bus;

namespace EdgeMas.Mqtt.Link;

/// <summary>Takes what the bus has kept, for a broker that has forgotten it.</summary>
internal sealed class RetainedSink(Outbox outbox) : IDeliverySink
{
    public bool TryAccept(in Delivery delivery) => !delivery.Retained || delivery.FromBroker || outbox.TryAdd(delivery);
}
