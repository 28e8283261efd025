using System.Runtime.CompilerServices;
using EdgeMas.Core.Mailbox;

namespace EdgeMas.Core.Bus;

/// <summary>A bounded queue at the end of a subscription. Any thread may publish into it; one reader at a time takes out of it.</summary>
public sealed class BusQueue : IDeliverySink
{
    private readonly Lock _lock = new();
    private readonly DeliveryRing _ring;
    private readonly WakeSignal _wake = new();
    private readonly OverflowPolicy _policy;
    private long _dropped;

    /// <param name="capacity">Deliveries that may wait, at least 1.</param>
    public BusQueue(int capacity, OverflowPolicy policy)
    {
        _ring = new DeliveryRing(capacity);
        _policy = policy;
    }

    /// <summary>Deliveries lost so far because the queue was full: old ones that made room, or new ones that were refused.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Deliveries that wait now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _ring.Count;
        }
    }

    public bool TryAccept(in Delivery delivery)
    {
        lock (_lock)
        {
            if (_ring.IsFull)
            {
                Interlocked.Increment(ref _dropped);
                if (_policy == OverflowPolicy.Refuse)
                    return false;
                _ring.DropOne();
            }
            _ring.Add(delivery);
        }
        _wake.Set();
        return true;
    }

    public bool TryRead(out Delivery delivery)
    {
        lock (_lock)
            return _ring.TryTake(out delivery);
    }

    /// <summary>Takes deliveries as they come, until the token is cancelled.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; what still waits stays in the queue.</exception>
    public async IAsyncEnumerable<Delivery> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var registration = cancellationToken.UnsafeRegister(static wake => ((WakeSignal)wake!).Set(), _wake);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryRead(out var delivery))
                yield return delivery;
            else
                await _wake.WaitAsync();
        }
    }
}
