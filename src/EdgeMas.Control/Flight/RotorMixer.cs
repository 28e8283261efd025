using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Flight;

/// <summary>
/// From thrust and torques to the speeds of four rotors in X shape. Where the rotors cannot do all, turning about the vertical gives way first, then thrust, and the attitude last.
/// </summary>
/// <remarks>Immutable; any thread; allocates nothing. Source: R. Mahony, V. Kumar and P. Corke, Multirotor Aerial Vehicles, IEEE Robotics and Automation Magazine 19(3), 2012.</remarks>
internal readonly struct RotorMixer(QuadrotorGeometry geometry)
{
    /// <summary>Share of the highest speed below which a rotor does not go in flight: it would stall.</summary>
    private const double IdleShare = 0.1;

    private readonly double _arm = geometry.ArmLength / Math.Sqrt(2);
    private readonly double _yawArm = geometry.TorqueFactor / geometry.ThrustFactor;
    private readonly double _most = geometry.ThrustFactor * geometry.MaxRotorSpeed * geometry.MaxRotorSpeed;

    private double Least => _most * IdleShare * IdleShare;

    /// <param name="thrust">Newtons along the body's z axis.</param>
    /// <param name="torque">Newton metres about the body's axes.</param>
    /// <returns>Speeds that the rotors can do, whatever comes in; what is no number counts as none.</returns>
    internal RotorSpeeds Mix(double thrust, Vector3D torque)
    {
        if (!double.IsFinite(thrust))
            thrust = 0;
        if (!torque.IsFinite)
            torque = default;
        var (roll, pitch, yaw) = (torque.X / (4 * _arm), torque.Y / (4 * _arm), torque.Z / (4 * _yawArm));
        var reach = Math.Abs(roll) + Math.Abs(pitch);
        if (2 * reach > _most - Least)
        {
            var share = (_most - Least) / (2 * reach);
            (roll, pitch, reach) = (roll * share, pitch * share, reach * share);
        }
        var each = Math.Clamp(thrust / 4, Least + reach, Math.Max(Least + reach, _most - reach));
        var (frontLeft, frontRight, backLeft, backRight) = (each + roll - pitch, each - roll - pitch, each + roll + pitch, each - roll + pitch);
        var room = Math.Min(
            Math.Min(Room(frontLeft, yaw), Room(backRight, yaw)),
            Math.Min(Room(frontRight, -yaw), Room(backLeft, -yaw)));
        yaw = Math.Clamp(yaw, -room, room);
        return new RotorSpeeds(SpeedFor(frontLeft + yaw), SpeedFor(frontRight - yaw), SpeedFor(backLeft - yaw), SpeedFor(backRight + yaw));
    }

    /// <returns>How much may be added to a force in the direction of the sign.</returns>
    private double Room(double force, double sign) => Math.Max(0, sign >= 0 ? _most - force : force - Least);

    private double SpeedFor(double force) => Math.Sqrt(Math.Clamp(force, Least, _most) / geometry.ThrustFactor);
}
