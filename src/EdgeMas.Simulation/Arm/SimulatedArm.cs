using EdgeMas.Core.Motion;

namespace EdgeMas.Simulation.Arm;

/// <summary>The servos of an <see cref="ArmWorld"/> as the control loop sees them.</summary>
/// <param name="time">The clock whose timestamps the readings carry.</param>
public sealed class SimulatedArm(ArmWorld world, TimeProvider time) : IServoArm
{
    public int JointCount => world.JointCount;

    public bool TryRead(out ArmSensors sensors)
    {
        sensors = new ArmSensors(time.GetTimestamp(), world.Sensed);
        return !world.Faults.BodySilent;
    }

    public bool TryMove(in JointVector angles) => world.TryMove(angles);

    public void Hold() => world.Hold();

    /// <summary>Holds: the simulated servos do not let go.</summary>
    public void Halt() => world.Hold();
}
