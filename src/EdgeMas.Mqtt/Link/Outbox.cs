using System.Diagnostics.CodeAnalysis;
using EdgeMas.Core.Bus;

namespace EdgeMas.Mqtt.Link;

/// <summary>
/// What waits for the broker and what is in flight to it, in order. Any thread adds; the link's one sender takes, settles and puts back.
/// Adding neither blocks nor allocates once the pool has grown.
/// </summary>
/// <remarks>
/// When full, messages sent at most once go first, oldest first; then the policy decides. While the broker is away a retained message replaces the one that
/// waits on the same topic: who comes later would only see the newest anyway.
/// </remarks>
internal sealed class Outbox(int capacity, long maxBytes, OverflowPolicy policy)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Outgoing> _waiting = new();
    private readonly LinkedList<Outgoing> _expendable = new();
    private readonly Queue<Outgoing> _inFlight = new();
    private readonly Dictionary<string, Outgoing> _statesByTopic = new(StringComparer.Ordinal);
    private readonly Stack<Outgoing> _pool = new();
    private readonly List<(long Sequence, TaskCompletionSource Done)> _flushes = [];
    private long _sequence;
    private long _bytes;
    private long _dropped;

    /// <summary>Signalled when something was added.</summary>
    internal Wake Wake { get; } = new();

    /// <summary>Whether messages are being sent; decides whether states replace each other.</summary>
    internal bool IsOnline { get; set; }

    internal long Dropped => Interlocked.Read(ref _dropped);

    internal int Count
    {
        get
        {
            lock (_lock)
                return _waiting.Count + _inFlight.Count;
        }
    }

    internal int InFlight
    {
        get
        {
            lock (_lock)
                return _inFlight.Count;
        }
    }

    /// <returns>False when it was dropped at once; the counter knows.</returns>
    internal bool TryAdd(in Delivery delivery, byte[]? correlationData = null)
    {
        var cost = Outgoing.Estimate(delivery.Message);
        lock (_lock)
        {
            var retain = delivery.Retain || delivery.Retained;
            if (retain && !IsOnline && _statesByTopic.TryGetValue(delivery.Topic, out var older))
                Discard(older);
            if (!TryMakeRoom(cost, isExpendable: !retain && delivery.Qos == Qos.AtMostOnce))
            {
                CountDropped();
                return false;
            }
            var added = _pool.TryPop(out var pooled) ? pooled : new Outgoing();
            added.Fill(delivery, correlationData, ++_sequence, cost);
            Link(added, first: false);
        }
        Wake.Set();
        return true;
    }

    /// <summary>Takes the oldest that waits; it is in flight from now on.</summary>
    internal bool TryTake([NotNullWhen(true)] out Outgoing? taken)
    {
        lock (_lock)
        {
            taken = _waiting.First?.Value;
            if (taken is null)
                return false;
            Unlink(taken);
            _inFlight.Enqueue(taken);
            return true;
        }
    }

    internal bool TryPeekInFlight([NotNullWhen(true)] out Outgoing? oldest)
    {
        lock (_lock)
            return _inFlight.TryPeek(out oldest);
    }

    /// <summary>The oldest in flight is done with.</summary>
    /// <param name="delivered">False counts it as dropped.</param>
    internal void Settle(bool delivered)
    {
        lock (_lock)
        {
            Recycle(_inFlight.Dequeue());
            if (!delivered)
                CountDropped();
            CheckFlushes();
        }
    }

    /// <summary>The connection has gone: all in flight wait again, before everything else and in their order.</summary>
    internal void PutBack()
    {
        lock (_lock)
        {
            var again = _inFlight.ToArray();
            _inFlight.Clear();
            for (var i = again.Length - 1; i >= 0; i--)
            {
                again[i].Sending = null;
                Link(again[i], first: true);
            }
        }
    }

    /// <summary>Completes when everything accepted so far is acknowledged or given up.</summary>
    internal Task FlushAsync()
    {
        lock (_lock)
        {
            if (_waiting.Count + _inFlight.Count == 0)
                return Task.CompletedTask;
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _flushes.Add((_sequence, done));
            return done.Task;
        }
    }

    private bool TryMakeRoom(int cost, bool isExpendable)
    {
        if (cost > maxBytes)
            return false;
        while (_waiting.Count >= capacity || _bytes + cost > maxBytes)
        {
            var victim = _expendable.First?.Value;
            if (victim is null && (isExpendable || policy == OverflowPolicy.Refuse || _waiting.Count == 0))
                return false;
            Discard(victim ?? _waiting.First!.Value);
            CountDropped();
        }
        return true;
    }

    private void Link(Outgoing added, bool first)
    {
        if (first)
            _waiting.AddFirst(added.Place);
        else
            _waiting.AddLast(added.Place);
        if (added.IsExpendable && first)
            _expendable.AddFirst(added.ExpendablePlace);
        else if (added.IsExpendable)
            _expendable.AddLast(added.ExpendablePlace);
        if (added.Retain && first)
            _statesByTopic.TryAdd(added.Delivery.Topic, added);
        else if (added.Retain)
            _statesByTopic[added.Delivery.Topic] = added;
        _bytes += added.Cost;
    }

    private void Unlink(Outgoing removed)
    {
        _waiting.Remove(removed.Place);
        if (removed.ExpendablePlace.List is not null)
            _expendable.Remove(removed.ExpendablePlace);
        if (removed.Retain && _statesByTopic.TryGetValue(removed.Delivery.Topic, out var state) && state == removed)
            _statesByTopic.Remove(removed.Delivery.Topic);
        _bytes -= removed.Cost;
    }

    private void Discard(Outgoing discarded)
    {
        Unlink(discarded);
        Recycle(discarded);
        CheckFlushes();
    }

    private void Recycle(Outgoing used)
    {
        used.Clear();
        _pool.Push(used);
    }

    private void CountDropped() => Interlocked.Increment(ref _dropped);

    private void CheckFlushes()
    {
        if (_flushes.Count == 0)
            return;
        var oldest = _inFlight.TryPeek(out var flying) ? flying.Sequence : _waiting.First?.Value.Sequence ?? long.MaxValue;
        for (var i = _flushes.Count - 1; i >= 0; i--)
        {
            if (_flushes[i].Sequence >= oldest)
                continue;
            _flushes[i].Done.TrySetResult();
            _flushes.RemoveAt(i);
        }
    }
}
