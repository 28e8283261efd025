using System.Collections.Concurrent;
using EdgeMas.Core.Bus;

namespace EdgeMas.Mqtt.Tests.Parts;

/// <summary>Keeps every delivery.</summary>
internal sealed class Collector : IDeliverySink
{
    private readonly ConcurrentQueue<Delivery> _deliveries = new();

    public IReadOnlyList<Delivery> Deliveries => [.. _deliveries];

    public int Count => _deliveries.Count;

    public bool TryAccept(in Delivery delivery)
    {
        _deliveries.Enqueue(delivery);
        return true;
    }
}
