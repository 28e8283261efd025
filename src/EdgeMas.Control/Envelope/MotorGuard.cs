using EdgeMas.Control.Loop;

namespace EdgeMas.Control.Envelope;

/// <summary>
/// Slows the base when a motor draws too much or is nearly too hot, and stops it when that does not help. A limit whose reading is missing counts as passed.
/// </summary>
/// <remarks>The control loop's thread only; a field to be used in place.</remarks>
internal struct MotorGuard(EnvelopeOptions options)
{
    /// <summary>Degrees below the limit over which the speed falls to nothing.</summary>
    private const double Derating = 10;

    /// <summary>A stopped motor has to cool down by so much before it may go on.</summary>
    private const double Hysteresis = 5;

    private double _overSeconds;
    private double _blindSeconds;
    private bool _tooHot;

    /// <summary>How much of the full speed is allowed, 0 to 1.</summary>
    internal double Share { get; private set; } = 1;

    /// <summary>Why it is less than all.</summary>
    internal MotionCause Cause { get; private set; }

    /// <param name="current">Amperes; NaN where it is not measured.</param>
    /// <param name="temperature">Degrees Celsius; NaN where it is not measured.</param>
    /// <returns>Why the motors may not turn at all now; <see cref="MotionCause.None"/> when they may.</returns>
    internal MotionCause Observe(double current, double temperature, double seconds)
    {
        (Share, Cause) = (1, MotionCause.None);
        var patience = options.MotorPatience.TotalSeconds;
        var currentLimited = double.IsFinite(options.MaxMotorCurrent);
        var temperatureLimited = double.IsFinite(options.MaxMotorTemperature);
        var isBlind = (currentLimited && double.IsNaN(current)) || (temperatureLimited && double.IsNaN(temperature));
        _blindSeconds = isBlind ? _blindSeconds + seconds : 0;
        if (_blindSeconds > patience)
            return Stop(currentLimited && double.IsNaN(current) ? MotionCause.Current : MotionCause.Temperature);

        if (current > options.MaxMotorCurrent)
        {
            _overSeconds += seconds;
            Limit(options.MaxMotorCurrent / current, MotionCause.Current);
        }
        else
        {
            _overSeconds = Math.Max(0, _overSeconds - seconds); // a current that swings about its limit is too much as well
        }
        if (_overSeconds > patience)
            return Stop(MotionCause.Current);
        if (!temperatureLimited || double.IsNaN(temperature))
            return MotionCause.None;
        _tooHot = temperature >= options.MaxMotorTemperature - (_tooHot ? Hysteresis : 0);
        if (_tooHot)
            return Stop(MotionCause.Temperature);
        if (temperature > options.MaxMotorTemperature - Derating)
            Limit((options.MaxMotorTemperature - temperature) / Derating, MotionCause.Temperature);
        return MotionCause.None;
    }

    private MotionCause Stop(MotionCause cause)
    {
        (Share, Cause) = (0, cause);
        return cause;
    }

    private void Limit(double share, MotionCause cause)
    {
        if (share < Share)
            (Share, Cause) = (share, cause);
    }
}
