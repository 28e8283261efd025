using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Goals;

/// <summary>Hands the newest goal to the control loop, which never waits for it. A goal that the loop has not yet taken is replaced by the next.</summary>
internal sealed class GoalSlot
{
    private readonly LatestValue<Entry> _entry = new();
    private int _writing;
    private long _lastId;
    private long _taken;

    /// <summary>Any thread; writers take turns, which is short: the slot's owner is whoever has the lease.</summary>
    /// <returns>The goal's number, or 0 when the fence has moved on meanwhile.</returns>
    internal long Put(in MotionGoal goal, long fence, Leases.MotionLeases leases)
    {
        var spin = new SpinWait();
        while (Interlocked.CompareExchange(ref _writing, 1, 0) != 0)
            spin.SpinOnce();
        try
        {
            if (leases.CurrentFence != fence)
                return 0;
            var id = ++_lastId;
            _entry.Write(new Entry(id, fence, goal));
            return id;
        }
        finally
        {
            Volatile.Write(ref _writing, 0);
        }
    }

    /// <summary>The control loop's thread only.</summary>
    /// <returns>False when there is no new one, or it is being written just now.</returns>
    internal bool TryTake(out Entry entry)
    {
        if (!_entry.TryRead(out entry, out var version) || version == _taken)
            return false;
        _taken = version;
        return true;
    }

    internal readonly record struct Entry(long Id, long Fence, MotionGoal Goal);
}
