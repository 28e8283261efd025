using EdgeMas.Core.Motion;

namespace EdgeMas.Simulation.Rover;

/// <summary>A body with neither world nor motion, which remembers when it was braked: to measure the way to a body with.</summary>
/// <param name="time">The clock of its timestamps.</param>
public sealed class StandingBody(TimeProvider time) : IDifferentialDrive
{
    private long _brakedAt;
    private volatile bool _isBraked = true;

    public DifferentialDriveGeometry Geometry { get; } = new(0.08, 0.36);

    /// <summary>The newest that it was told is to brake.</summary>
    public bool IsBraked => _isBraked;

    /// <summary>Timestamp of the first brake since the last setpoint.</summary>
    public long BrakedAt => Volatile.Read(ref _brakedAt);

    public bool TryRead(out DriveSensors sensors)
    {
        sensors = new DriveSensors(time.GetTimestamp(), 0, 0, 0, double.PositiveInfinity, 1);
        return true;
    }

    public bool TryDrive(double left, double right)
    {
        _isBraked = false;
        return true;
    }

    public void Brake()
    {
        if (!_isBraked)
            Volatile.Write(ref _brakedAt, time.GetTimestamp());
        _isBraked = true;
    }
}
