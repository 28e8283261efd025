using EdgeMas.Control.Native;
using EdgeMas.Control.Sharing;

namespace EdgeMas.Control.Stopping;

/// <summary>
/// The latched stop of the base: it needs no agent, no bus and no allocation. Engaging brings the body to its safe state at once and again in every tick until it is released;
/// the goal that was running is over, and releasing does not bring it back. Where the core is a process of its own the latch lies there: it outlives the host that engaged it.
/// </summary>
/// <remarks>Any thread.</remarks>
public sealed class EmergencyStop
{
    private readonly SharedMemory<CoreLayout> _memory;
    private readonly Action? _brake;

    /// <param name="brake">Brings the body to its safe state, from any thread, without a wait. Null where it belongs to another process, whose watcher is woken to do it, or where the next tick does.</param>
    internal EmergencyStop(SharedMemory<CoreLayout> memory, Action? brake) => (_memory, _brake) = (memory, brake);

    public bool IsEngaged => Reason != EStopReason.None;

    /// <summary>Of the first who engaged it; <see cref="EStopReason.None"/> while it is released.</summary>
    public EStopReason Reason => (EStopReason)Volatile.Read(ref Latch.Reason);

    /// <summary>Times that it was engaged. A stop that is released before the next tick still ends the goal.</summary>
    internal long Count => Volatile.Read(ref Latch.Count);

    public void Engage(EStopReason reason)
    {
        var known = reason == EStopReason.None ? EStopReason.Api : reason;
        if (Interlocked.CompareExchange(ref Latch.Reason, (int)known, (int)EStopReason.None) == (int)EStopReason.None)
            Interlocked.Increment(ref Latch.Count);
        Interlocked.Increment(ref Latch.Wake);
        if (_brake is null)
            Futex.Wake(ref Latch.Wake);
        else
            _brake();
    }

    public void Release() => Volatile.Write(ref Latch.Reason, (int)EStopReason.None);

    private ref StopLatch Latch => ref _memory.Value.Stop;
}
