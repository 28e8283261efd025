namespace EdgeMas.Core.Motion;

/// <summary>
/// An arm of position servos: the port that a simulated arm or a servo board fills. Called by the control loop's thread only; allocates nothing.
/// Nothing outside EdgeMas.Control may hold one for writing.
/// </summary>
public interface IServoArm
{
    /// <summary>2 to <see cref="JointVector.Capacity"/>.</summary>
    int JointCount { get; }

    /// <returns>False when the body does not answer; the loop then holds it.</returns>
    bool TryRead(out ArmSensors sensors);

    /// <summary>Sets the servos' positions in radians.</summary>
    /// <returns>False when the body did not take them.</returns>
    bool TryMove(in JointVector angles);

    /// <summary>Every servo holds where it is now, with the force it has. Must work whatever happened before; any thread.</summary>
    void Hold();

    /// <summary>The emergency stop: the state that the body's wiring names for it, such as servos without pulses, at once and until the next <see cref="TryMove"/>. Must work whatever happened before; any thread; allocates nothing.</summary>
    void Halt();
}
