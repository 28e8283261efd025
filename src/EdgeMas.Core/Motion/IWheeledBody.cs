namespace EdgeMas.Core.Motion;

/// <summary>
/// A body on wheels of any kind: the port that a simulated world or a motor board fills. Called by the control loop's thread only; allocates nothing.
/// Nothing outside EdgeMas.Control may hold one for writing. A body on two wheels may fill <see cref="IDifferentialDrive"/> instead.
/// </summary>
public interface IWheeledBody
{
    /// <summary>Stays what it is.</summary>
    WheeledGeometry Geometry { get; }

    /// <returns>False when the body does not answer; the loop then brings it to its safe state.</returns>
    bool TryRead(out WheeledSensors sensors);

    /// <summary>Sets wheel speeds and, where it steers, the steering angle.</summary>
    /// <returns>False when the body did not take them.</returns>
    bool TryDrive(in WheelCommand command);

    /// <summary>Brakes all wheels at once; the steering stays where it is. Must work whatever happened before; any thread.</summary>
    void Brake();
}
