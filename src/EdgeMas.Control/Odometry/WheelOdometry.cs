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

    private readonly DifferentialDriveGeometry _geometry;
    private readonly PlanarFilter _filter;
    private double _left, _right;
    private bool _hasAngles;
    private int _stillTicks;

    internal WheelOdometry(DifferentialDriveGeometry geometry, EstimatorOptions options, in Pose2D start)
    {
        _geometry = geometry;
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

    /// <summary>Radians that the left wheel turned in the last update.</summary>
    internal double LeftTurned { get; private set; }

    internal double RightTurned { get; private set; }

    /// <summary>Metres since the start, backwards negative.</summary>
    internal double Way { get; private set; }

    internal double GyroBias => _filter.GyroBias;

    /// <summary>Of pose, speed, turn rate and bias, row by row.</summary>
    internal ReadOnlySpan<double> Covariance => _filter.Covariance;

    /// <summary>Readings that the bias was learnt from while the base stood.</summary>
    internal int BiasSamples { get; private set; }

    /// <summary>No encoder has counted for a while.</summary>
    internal bool IsStanding => _stillTicks >= StandingTicks;

    internal Pose2D Pose => new(X, Y, Angles.Wrap(Heading));

    /// <param name="atRest">The base was told to stand.</param>
    internal void Update(in DriveSensors sensors, double seconds, bool atRest)
    {
        if (!_hasAngles)
        {
            (_left, _right, _hasAngles) = (sensors.LeftWheelAngle, sensors.RightWheelAngle, true);
            return;
        }
        LeftTurned = sensors.LeftWheelAngle - _left;
        RightTurned = sensors.RightWheelAngle - _right;
        (_left, _right) = (sensors.LeftWheelAngle, sensors.RightWheelAngle);
        _stillTicks = LeftTurned == 0 && RightTurned == 0 ? Math.Min(_stillTicks + 1, StandingTicks) : 0;

        var (left, right) = (LeftTurned * _geometry.WheelRadius, RightTurned * _geometry.WheelRadius);
        var heading = Heading;
        _filter.Begin(seconds);
        _filter.TakeWheels(left, right, _geometry, seconds);
        var stands = atRest && IsStanding;
        if (stands)
            _filter.TakeStanding();
        if (double.IsFinite(sensors.YawRate) && seconds <= LongestGyroStep)
        {
            _filter.TakeGyro(sensors.YawRate);
            if (stands)
                BiasSamples = Math.Min(BiasSamples + 1, MostBiasSamples);
        }
        _filter.Move(seconds);
        var way = (left + right) / 2;
        Way += way;
        Speed += ((way / seconds) - Speed) * Math.Min(1, seconds / SpeedFilterSeconds);
        if (IsStanding)
            Speed = 0;
        TurnRate = (Heading - heading) / seconds;
    }

    /// <summary>Takes over a pose that something outside knows better; the heading turns the short way.</summary>
    internal void Correct(in Pose2D pose, double weight) => _filter.TakePose(pose, weight);
}
