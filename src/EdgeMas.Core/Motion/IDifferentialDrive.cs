namespace EdgeMas.Core.Motion;

/// <summary>
/// A body on two driven wheels: the port that a simulated world or a motor board fills. Called by the control loop's thread only; allocates nothing.
/// Nothing outside EdgeMas.Control may hold one for writing.
/// </summary>
public interface IDifferentialDrive
{
    DifferentialDriveGeometry Geometry { get; }

    /// <returns>False when the body does not answer; the loop then brings it to its safe state.</returns>
    bool TryRead(out DriveSensors sensors);

    /// <summary>Sets wheel speeds in radians a second, forward positive.</summary>
    /// <returns>False when the body did not take them.</returns>
    bool TryDrive(double left, double right);

    /// <summary>Brakes both wheels at once. Must work whatever happened before; any thread.</summary>
    void Brake();
}
