using EdgeMas.Core.Bus;

namespace EdgeMas.Mqtt.Link;

/// <summary>Takes exported messages off the bus; those that came over a broker do not go back.</summary>
internal sealed class ExportSink(Outbox outbox) : IDeliverySink
{
    public bool TryAccept(in Delivery delivery) => delivery.FromBroker || outbox.TryAdd(delivery);
}
