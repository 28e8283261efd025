namespace EdgeMas.Core.Motion;

/// <summary>
/// A body that flies on four rotors: the port that a simulated world or speed controllers fill. Called by the control loop's thread only; allocates nothing.
/// Nothing outside EdgeMas.Control may hold one for writing.
/// </summary>
public interface IQuadrotor
{
    QuadrotorGeometry Geometry { get; }

    /// <returns>False when the body does not answer; the loop then brings it to its safe state.</returns>
    bool TryRead(out QuadrotorSensors sensors);

    /// <summary>Sets the rotors' speeds.</summary>
    /// <returns>False when the body did not take them.</returns>
    bool TrySpin(in RotorSpeeds speeds);

    /// <summary>Takes the power from all rotors at once. Must work whatever happened before; any thread. In the air the body falls.</summary>
    void Cut();
}
