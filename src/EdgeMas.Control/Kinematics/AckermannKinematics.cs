namespace EdgeMas.Control.Kinematics;

/// <summary>A base that steers its front wheels, like a car: it turns only while it drives, and no tighter than its steering lets it. Immutable; any thread; allocates nothing.</summary>
/// <remarks>The pose is that of the middle of the back axle. Source: R. Rajamani, Vehicle Dynamics and Control, 2.2 (kinematic bicycle model), and the geometry of R. Ackermann, 1818.</remarks>
public readonly struct AckermannKinematics
{
    private readonly double _wheelBase, _trackWidth, _mostSteering, _mostSpeed;

    /// <param name="wheelBase">Metres between the axles.</param>
    /// <param name="trackWidth">Metres between the front wheels' middles.</param>
    /// <param name="mostSteering">Radians of the steeper, inner front wheel; below a right angle.</param>
    /// <param name="mostSpeed">Metres a second.</param>
    /// <exception cref="ControlOptionsException">A number cannot be used.</exception>
    public AckermannKinematics(double wheelBase, double trackWidth, double mostSteering, double mostSpeed)
    {
        const string name = nameof(AckermannKinematics);
        ControlOptionsException.ThrowUnlessAbove(wheelBase, 0, $"{name}.{nameof(wheelBase)}");
        ControlOptionsException.ThrowUnlessAbove(trackWidth, 0, $"{name}.{nameof(trackWidth)}");
        ControlOptionsException.ThrowUnlessWithin(mostSteering, 0.01, 1.5, $"{name}.{nameof(mostSteering)}");
        ControlOptionsException.ThrowUnlessAbove(mostSpeed, 0, $"{name}.{nameof(mostSpeed)}");
        (_wheelBase, _trackWidth, _mostSpeed) = (wheelBase, trackWidth, mostSpeed);
        MinimumRadius = (wheelBase / Math.Tan(mostSteering)) + (trackWidth / 2);
        _mostSteering = Math.Atan(wheelBase / MinimumRadius);
    }

    /// <summary>Of the tightest turn, metres from its middle to the middle of the back axle.</summary>
    public double MinimumRadius { get; }

    /// <summary>Of the wheel in the middle, radians.</summary>
    public double MostSteering => _mostSteering;

    /// <returns>
    /// Speed and steering for a motion; the part to the left cannot be done and does not count. Too fast is slowed on the same arc; too tight an arc is driven as tightly as it can be;
    /// turning on the spot cannot be done at all and stands, as does what is no number.
    /// </returns>
    public AckermannDrive DriveFor(in PlanarTwist twist)
    {
        if (!twist.IsFinite || twist.Ahead == 0)
            return default;
        var steering = Math.Clamp(Math.Atan(_wheelBase * twist.Turn / twist.Ahead), -_mostSteering, _mostSteering);
        return new AckermannDrive(Math.Clamp(twist.Ahead, -_mostSpeed, _mostSpeed), steering);
    }

    public PlanarTwist TwistOf(in AckermannDrive drive) => new(drive.Speed, 0, drive.Speed * Math.Tan(drive.Steering) / _wheelBase);

    /// <returns>Radians of the left and right front wheel, so that all four roll about one point.</returns>
    public (double Left, double Right) WheelAngles(double steering)
    {
        var curvature = Math.Tan(steering) / _wheelBase;
        return (Math.Atan(_wheelBase * curvature / (1 - (curvature * _trackWidth / 2))), Math.Atan(_wheelBase * curvature / (1 + (curvature * _trackWidth / 2))));
    }
}
