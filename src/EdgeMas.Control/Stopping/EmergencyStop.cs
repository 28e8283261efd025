using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Stopping;

/// <summary>
/// The latched stop of the base: it needs no agent, no bus and no allocation. Engaging brakes the body at once and again in every tick until it is released;
/// the goal that was running is over, and releasing does not bring it back.
/// </summary>
/// <remarks>Any thread.</remarks>
public sealed class EmergencyStop
{
    private readonly IDifferentialDrive _drive;
    private int _reason;
    private long _count;

    internal EmergencyStop(IDifferentialDrive drive) => _drive = drive;

    public bool IsEngaged => Volatile.Read(ref _reason) != (int)EStopReason.None;

    /// <summary>Of the first who engaged it; <see cref="EStopReason.None"/> while it is released.</summary>
    public EStopReason Reason => (EStopReason)Volatile.Read(ref _reason);

    /// <summary>Times that it was engaged. A stop that is released before the next tick still ends the goal.</summary>
    internal long Count => Volatile.Read(ref _count);

    public void Engage(EStopReason reason)
    {
        var known = reason == EStopReason.None ? EStopReason.Api : reason;
        if (Interlocked.CompareExchange(ref _reason, (int)known, (int)EStopReason.None) == (int)EStopReason.None)
            Interlocked.Increment(ref _count);
        _drive.Brake();
    }

    public void Release() => Volatile.Write(ref _reason, (int)EStopReason.None);
}
