using EdgeMas.Control.Drives;
using EdgeMas.Control.Estimation;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Odometry;

/// <summary>
/// Where the base is, from its wheels and, where it has one, its gyroscope, weighed by <see cref="PlanarFilter"/>. The gyroscope's bias is learnt fastest while the base stands still.
/// </summary>
/// <remarks>The control loop's thread only; allocates nothing.</remarks>
internal sealed class WheelOdometry
{
    private const double SpeedFilterSeconds = 0.08;
    private const double LongestGyroStep = 0.1;
    private const int StandingTicks = 15;
    private const int MostBiasSamples = 3_000;

    private readonly DriveTrain _train;
    private readonly PlanarFilter _filter;
    private WheelSet _angles;
    private bool _hasAngles;
    private int _stillTicks;

    internal WheelOdometry(DifferentialDriveGeometry geometry, EstimatorOptions options, in Pose2D start)
        : this(new DifferentialTrain(new WheeledGeometry(DriveKind.Differential, geometry.WheelRadius, geometry.TrackWidth)), options, start)
    {
    }

    internal WheelOdometry(DriveTrain train, EstimatorOptions options, in Pose2D start)
    {
        _train = train;
        _filter = new PlanarFilter(options, start);
    }

    internal double X => _filter.PositionX;

    internal double Y => _filter.PositionY;

    /// <summary>Radians, counting whole turns.</summary>
    internal double Heading => _filter.Heading;

    /// <summary>Metres a second, filtered.</summary>
    internal double Speed { get; private set; }

    /// <summary>Radians a second, without the gyroscope's bias.</summary>
    internal double TurnRate { get; private set; }

    /// <summary>Metres a second to the left, filtered.</summary>
    internal double SideSpeed { get; private set; }

    /// <summary>Radians that each wheel turned in the last update.</summary>
    internal WheelSet Turned { get; private set; }

    /// <summary>Metres since the start, backwards negative.</summary>
    internal double Way { get; private set; }

    /// <summary>Metres to the left since the start, to the right negative.</summary>
    internal double SideWay { get; private set; }

    /// <summary>Radians of the wheel in the middle of the front axle as it was measured last; NaN without a reading.</summary>
    internal double Steering { get; private set; } = double.NaN;

    internal double GyroBias => _filter.GyroBias;

    /// <summary>Of pose, speed, turn rate and bias, row by row.</summary>
    internal ReadOnlySpan<double> Covariance => _filter.Covariance;

    /// <summary>Readings that the bias was learnt from while the base stood.</summary>
    internal int BiasSamples { get; private set; }

    /// <summary>No encoder has counted for a while.</summary>
    internal bool IsStanding => _stillTicks >= StandingTicks;

    internal Pose2D Pose => new(X, Y, Angles.Wrap(Heading));

    /// <param name="atRest">The base was told to stand.</param>
    internal void Update(in DriveSensors sensors, double seconds, bool atRest) => Update(DifferentialBody.Widen(sensors), seconds, atRest);

    /// <inheritdoc cref="Update(in DriveSensors, double, bool)"/>
    internal void Update(in WheeledSensors sensors, double seconds, bool atRest)
    {
        Steering = sensors.Steering;
        if (!_hasAngles)
        {
            (_angles, _hasAngles) = (sensors.Angles, true);
            return;
        }
        Turned = sensors.Angles - _angles;
        _angles = sensors.Angles;
        _stillTicks = Turned.Fastest == 0 ? Math.Min(_stillTicks + 1, StandingTicks) : 0;

        var (left, right, aside) = _train.WayOf(Turned);
        var heading = Heading;
        _filter.Begin(seconds);
        _filter.TakeWheels(left, right, _train.Pair, seconds);
        var stands = atRest && IsStanding;
        if (stands)
            _filter.TakeStanding();
        if (double.IsFinite(sensors.YawRate) && seconds <= LongestGyroStep)
        {
            _filter.TakeGyro(sensors.YawRate);
            if (stands)
                BiasSamples = Math.Min(BiasSamples + 1, MostBiasSamples);
        }
        _filter.Move(seconds, aside);
        var way = (left + right) / 2;
        Way += way;
        SideWay += aside;
        Speed += ((way / seconds) - Speed) * Math.Min(1, seconds / SpeedFilterSeconds);
        SideSpeed += ((aside / seconds) - SideSpeed) * Math.Min(1, seconds / SpeedFilterSeconds);
        if (IsStanding)
            (Speed, SideSpeed) = (0, 0);
        TurnRate = (Heading - heading) / seconds;
    }

    /// <summary>Takes over a pose that something outside knows better; the heading turns the short way.</summary>
    internal void Correct(in Pose2D pose, double weight) => _filter.TakePose(pose, weight);
}
