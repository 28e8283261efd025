using EdgeMas.Core.Topics;

namespace EdgeMas.Core.Bus;

/// <summary>One filter with its sink; disposing it ends the deliveries, though one that is already under way may still arrive.</summary>
internal sealed class Subscription(InProcessBus bus, TopicFilter filter, IDeliverySink sink) : IDisposable
{
    private InProcessBus? _bus = bus;

    public TopicFilter Filter { get; } = filter;

    public IDeliverySink Sink { get; } = sink;

    public void Dispose() => Interlocked.Exchange(ref _bus, null)?.Unsubscribe(this);
}
