namespace EdgeMas.Control.Trajectory;

/// <summary>
/// The fastest way of one axis from rest to rest under limits of speed, acceleration and jerk: seven segments of constant jerk, of which some may be empty. It may be
/// stretched to last longer, which lowers speed by the factor, acceleration by its square and jerk by its cube.
/// </summary>
/// <remarks>Immutable; any thread; allocates nothing. Source: L. Biagiotti and C. Melchiorri, Trajectory Planning for Automatic Machines and Robots, 2008, 3.4 (double S) and 5.3 (synchronisation).</remarks>
public readonly struct SCurve
{
    private readonly double _from, _way, _jerk, _jerkSeconds, _rampSeconds, _cruiseSeconds;

    private SCurve(double from, double way, double jerk, double jerkSeconds, double rampSeconds, double cruiseSeconds, double stretch) =>
        (_from, _way, _jerk, _jerkSeconds, _rampSeconds, _cruiseSeconds, Stretch) = (from, way, jerk, jerkSeconds, rampSeconds, cruiseSeconds, stretch);

    /// <summary>How much longer than the fastest way it takes, 1 or above.</summary>
    public double Stretch { get; }

    /// <summary>Seconds from start to end.</summary>
    public double Duration => FastestDuration * Stretch;

    public double End => _from + _way;

    private double FastestDuration => (2 * _rampSeconds) + _cruiseSeconds;

    /// <param name="limits">All above 0.</param>
    public static SCurve Plan(double from, double to, in MotionLimits limits)
    {
        var way = to - from;
        var size = Math.Abs(way);
        if (size == 0)
            return new SCurve(from, 0, 0, 0, 0, 0, 1);
        var (jerkSeconds, rampSeconds) = limits.Speed * limits.Jerk < limits.Acceleration * limits.Acceleration
            ? (Math.Sqrt(limits.Speed / limits.Jerk), 2 * Math.Sqrt(limits.Speed / limits.Jerk))
            : (limits.Acceleration / limits.Jerk, (limits.Acceleration / limits.Jerk) + (limits.Speed / limits.Acceleration));
        var cruiseSeconds = (size / limits.Speed) - rampSeconds;
        if (cruiseSeconds < 0) // too short to reach the speed
        {
            cruiseSeconds = 0;
            jerkSeconds = limits.Acceleration / limits.Jerk;
            if (size >= 2 * limits.Acceleration * jerkSeconds * jerkSeconds)
            {
                rampSeconds = (jerkSeconds / 2) + Math.Sqrt((jerkSeconds * jerkSeconds / 4) + (size / limits.Acceleration));
            }
            else
            {
                jerkSeconds = Math.Cbrt(size / (2 * limits.Jerk));
                rampSeconds = 2 * jerkSeconds;
            }
        }
        // the jerk that makes the segments' times meet the way exactly; it differs from the limit by rounding only
        var jerk = size / (jerkSeconds * (rampSeconds - jerkSeconds) * (rampSeconds + cruiseSeconds));
        return new SCurve(from, way, Math.CopySign(jerk, way), jerkSeconds, rampSeconds, cruiseSeconds, 1);
    }

    /// <summary>The same way, made to last as long.</summary>
    /// <param name="seconds">No less than <see cref="Duration"/>.</param>
    public SCurve Stretched(double seconds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seconds, Duration);
        return FastestDuration > 0 ? new SCurve(_from, _way, _jerk, _jerkSeconds, _rampSeconds, _cruiseSeconds, seconds / FastestDuration) : this;
    }

    /// <param name="seconds">Since the start; before it and after the end the axis rests.</param>
    public MotionPoint At(double seconds)
    {
        var time = seconds / Stretch;
        if (!(time > 0))
            return new MotionPoint(_from, 0, 0);
        if (time >= FastestDuration)
            return new MotionPoint(End, 0, 0);
        var isSecondHalf = time > FastestDuration / 2;
        var point = FirstHalf(isSecondHalf ? FastestDuration - time : time);
        var position = isSecondHalf ? End - point.Position : _from + point.Position;
        return new MotionPoint(position, point.Speed / Stretch, (isSecondHalf ? -point.Acceleration : point.Acceleration) / (Stretch * Stretch));
    }

    /// <summary>From the start to the middle of the cruise; the rest is its mirror.</summary>
    private MotionPoint FirstHalf(double time)
    {
        var peak = _jerk * _jerkSeconds;
        if (time < _jerkSeconds)
            return new MotionPoint(_jerk * time * time * time / 6, _jerk * time * time / 2, _jerk * time);
        if (time < _rampSeconds - _jerkSeconds)
        {
            var since = time - (_jerkSeconds / 2);
            return new MotionPoint((peak * since * since / 2) + (peak * _jerkSeconds * _jerkSeconds / 24), peak * since, peak);
        }
        var cruise = peak * (_rampSeconds - _jerkSeconds);
        if (time < _rampSeconds)
        {
            var left = _rampSeconds - time;
            return new MotionPoint((cruise * (time - (_rampSeconds / 2))) + (_jerk * left * left * left / 6), cruise - (_jerk * left * left / 2), _jerk * left);
        }
        return new MotionPoint(cruise * (time - (_rampSeconds / 2)), cruise, 0);
    }
}
