using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Odometry;

/// <summary>
/// Where the base is, from its wheels and its gyroscope. The way comes from the encoders; the turning mostly from the gyroscope, whose bias is learnt while
/// the base stands still.
/// </summary>
/// <remarks>
/// The control loop's thread only; allocates nothing. Source: midpoint integration of the differential drive, S. Thrun et al., Probabilistic Robotics, 5.4;
/// the fusion is a complementary filter on the turn rate.
/// </remarks>
internal sealed class WheelOdometry
{
    private const double SpeedFilterSeconds = 0.08;
    private const double LongestGyroStep = 0.1;
    private const int StandingTicks = 15;
    private const int MostBiasSamples = 3_000;

    private readonly DifferentialDriveGeometry _geometry;
    private readonly double _gyroWeight;
    private double _left, _right;
    private bool _hasAngles;
    private int _stillTicks;

    internal WheelOdometry(DifferentialDriveGeometry geometry, double gyroWeight, in Pose2D start)
    {
        _geometry = geometry;
        _gyroWeight = gyroWeight;
        (X, Y, Heading) = start;
    }

    internal double X { get; private set; }

    internal double Y { get; private set; }

    /// <summary>Radians, counting whole turns.</summary>
    internal double Heading { get; private set; }

    /// <summary>Metres a second, filtered.</summary>
    internal double Speed { get; private set; }

    /// <summary>Radians a second, without the gyroscope's bias.</summary>
    internal double TurnRate { get; private set; }

    /// <summary>Radians that the left wheel turned in the last update.</summary>
    internal double LeftTurned { get; private set; }

    internal double RightTurned { get; private set; }

    /// <summary>Metres since the start, backwards negative.</summary>
    internal double Way { get; private set; }

    internal double GyroBias { get; private set; }

    /// <summary>Readings that the bias was learnt from.</summary>
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

        var way = (LeftTurned + RightTurned) / 2 * _geometry.WheelRadius;
        var turned = (RightTurned - LeftTurned) / _geometry.TrackWidth * _geometry.WheelRadius;
        if (atRest && IsStanding)
            LearnBias(sensors.YawRate);
        else if (double.IsFinite(sensors.YawRate) && seconds <= LongestGyroStep)
            turned = (_gyroWeight * (sensors.YawRate - GyroBias) * seconds) + ((1 - _gyroWeight) * turned);

        var (sin, cos) = Math.SinCos(Heading + (turned / 2));
        X += way * cos;
        Y += way * sin;
        Heading += turned;
        Way += way;
        Speed += ((way / seconds) - Speed) * Math.Min(1, seconds / SpeedFilterSeconds);
        if (IsStanding)
            Speed = 0;
        TurnRate = turned / seconds;
    }

    /// <summary>Takes over a pose that something outside knows better; the heading turns the short way.</summary>
    internal void Correct(in Pose2D pose, double weight)
    {
        X += weight * (pose.X - X);
        Y += weight * (pose.Y - Y);
        Heading += weight * Angles.Wrap(pose.Heading - Heading);
    }

    private void LearnBias(double yawRate)
    {
        if (!double.IsFinite(yawRate))
            return;
        BiasSamples = Math.Min(BiasSamples + 1, MostBiasSamples);
        GyroBias += (yawRate - GyroBias) / BiasSamples;
    }
}
