using EdgeMas.Core.Motion;

namespace EdgeMas.Simulation.Flight;

/// <summary>The quadrotor of a <see cref="QuadrotorWorld"/> as the control loop sees it.</summary>
/// <param name="time">The clock whose timestamps the readings carry.</param>
public sealed class SimulatedQuadrotor(QuadrotorWorld world, TimeProvider time) : IQuadrotor
{
    public QuadrotorGeometry Geometry { get; } = new(
        world.Description.MassKg,
        world.Description.ArmLengthM,
        new Vector3D(world.Description.InertiaRollKgM2, world.Description.InertiaPitchKgM2, world.Description.InertiaYawKgM2),
        world.Description.ThrustFactorNPerRad2,
        world.Description.TorqueFactorNmPerRad2,
        world.Description.MaxRotorSpeedRadPerS);

    public bool TryRead(out QuadrotorSensors sensors)
    {
        sensors = world.Sensed with { Timestamp = time.GetTimestamp() };
        return !world.Faults.BodySilent;
    }

    public bool TrySpin(in RotorSpeeds speeds) => world.TrySpin(speeds);

    public void Cut() => world.Cut();
}
