using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Kinematics;

/// <summary>A base on four mecanum wheels, which goes in any direction while it turns. Immutable; any thread; allocates nothing.</summary>
/// <remarks>Source: H. Taheri, B. Qiao and N. Ghaeminezhad, Kinematic Model of a Four Mecanum Wheeled Mobile Robot, International Journal of Computer Applications 113(3), 2015; K. Lynch and F. Park, Modern Robotics, 13.2.</remarks>
public readonly struct MecanumKinematics
{
    private readonly double _radius, _arms, _mostSpeed;

    /// <param name="wheelRadius">Metres.</param>
    /// <param name="wheelBase">Metres between the front and back axles.</param>
    /// <param name="trackWidth">Metres between the left and right wheels' middles.</param>
    /// <param name="mostWheelSpeed">Radians a second.</param>
    /// <exception cref="ControlOptionsException">A number is not above 0.</exception>
    public MecanumKinematics(double wheelRadius, double wheelBase, double trackWidth, double mostWheelSpeed)
    {
        const string name = nameof(MecanumKinematics);
        ControlOptionsException.ThrowUnlessAbove(wheelRadius, 0, $"{name}.{nameof(wheelRadius)}");
        ControlOptionsException.ThrowUnlessAbove(wheelBase, 0, $"{name}.{nameof(wheelBase)}");
        ControlOptionsException.ThrowUnlessAbove(trackWidth, 0, $"{name}.{nameof(trackWidth)}");
        ControlOptionsException.ThrowUnlessAbove(mostWheelSpeed, 0, $"{name}.{nameof(mostWheelSpeed)}");
        (_radius, _arms, _mostSpeed) = (wheelRadius, (wheelBase + trackWidth) / 2, mostWheelSpeed);
    }

    /// <returns>Wheel speeds for a motion. Where a wheel would be too fast all are slowed alike, so that the base takes the same way more slowly; what is no number stands.</returns>
    public WheelSet WheelsFor(in PlanarTwist twist)
    {
        if (!twist.IsFinite)
            return default;
        var turn = _arms * twist.Turn;
        var wheels = new WheelSet(
            (twist.Ahead - twist.Left - turn) / _radius, (twist.Ahead + twist.Left + turn) / _radius,
            (twist.Ahead + twist.Left - turn) / _radius, (twist.Ahead - twist.Left + turn) / _radius);
        if (!double.IsFinite(wheels.Fastest))
            return default;
        var share = wheels.Fastest > _mostSpeed ? _mostSpeed / wheels.Fastest : 1;
        return wheels * share;
    }

    /// <returns>The motion of wheels that turn so, by least squares where they contradict each other: then some slip.</returns>
    public PlanarTwist TwistOf(in WheelSet wheels)
    {
        var (fl, fr, bl, br) = wheels;
        return new PlanarTwist(
            _radius / 4 * (fl + fr + bl + br), _radius / 4 * (-fl + fr + bl - br), _radius / 4 / _arms * (-fl + fr - bl + br));
    }
}
