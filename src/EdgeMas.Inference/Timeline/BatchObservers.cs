using Microsoft.Extensions.Logging;

namespace EdgeMas.Inference.Timeline;

/// <summary>Those who see the batches: any thread adds and removes them, the engine's thread tells them.</summary>
internal sealed class BatchObservers(ILogger logger)
{
    private readonly Lock _gate = new();
    private BatchObserver[] _observers = [];

    internal bool Any => Volatile.Read(ref _observers).Length > 0;

    internal void Add(BatchObserver observer)
    {
        lock (_gate)
            Volatile.Write(ref _observers, [.. _observers, observer]);
    }

    internal void Remove(BatchObserver observer)
    {
        lock (_gate)
            Volatile.Write(ref _observers, [.. _observers.Where(other => other != observer)]);
    }

    internal void Tell(in BatchReport report, ReadOnlySpan<BatchPart> parts)
    {
        foreach (var observer in Volatile.Read(ref _observers))
        {
            try
            {
                observer(report, parts);
            }
#pragma warning disable CA1031 // An onlooker must not stop the engine.
            catch (Exception exception)
            {
                LlamaEvents.ObserverFailed(logger, exception);
                Remove(observer);
            }
#pragma warning restore CA1031
        }
    }
}
