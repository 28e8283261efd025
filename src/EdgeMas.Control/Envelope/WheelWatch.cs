namespace EdgeMas.Control.Envelope;

/// <summary>Notices a wheel that is driven and does not turn, or whose encoder does not count: the base would drive on for ever.</summary>
internal struct WheelWatch
{
    private const double LeastSeconds = 0.4;
    private const double LeastAngle = 0.6;
    private const double LeastShare = 0.2;

    /// <summary>After a gap as long nothing is known: the body may have braked by its own time limit.</summary>
    private const double LongestGap = 0.1;

    private double _seconds;
    private double _driven;
    private double _turned;

    /// <param name="commanded">Radians a second.</param>
    /// <param name="turned">Radians since the last call, by the encoder.</param>
    /// <returns>True when the wheel is stuck.</returns>
    internal bool Observe(double commanded, double turned, double seconds)
    {
        if (commanded == 0 || seconds > LongestGap)
        {
            this = default;
            return false;
        }
        _seconds += seconds;
        _driven += commanded * seconds;
        _turned += turned;
        if (_seconds < LeastSeconds || Math.Abs(_driven) < LeastAngle)
            return false;
        var stuck = Math.Abs(_turned) < LeastShare * Math.Abs(_driven);
        this = default;
        return stuck;
    }
}
