namespace EdgeMas.Devices.Rover;

/// <summary>
/// Makes a motor's power of a wheel's wanted speed: feed-forward from the motor's no-load speed, and a proportional-integral correction by the encoder. Notices an
/// encoder that does not follow its motor, and then does without it. One thread; allocates nothing.
/// </summary>
/// <remarks>Source: K. J. Åström, T. Hägglund, Advanced PID Control, 3.5: conditional integration against wind-up.</remarks>
internal sealed class WheelController(double noLoadRadiansPerSecond)
{
    /// <summary>Power for an error as large as the no-load speed.</summary>
    private const double ProportionalGain = 0.6;

    /// <summary>The same, per second that the error lasts.</summary>
    private const double IntegralGain = 4;

    /// <summary>The correction's most: a wheel whose encoder is dead must not run away.</summary>
    private const double MostCorrection = 0.35;

    private const double LongestStep = 0.05;

    /// <summary>After a gap as long the motor may have been braked meanwhile.</summary>
    private const double LongestGap = 0.1;

    private const double LeastSeconds = 0.3;
    private const double LeastAngle = 0.6;
    private const double LeastShare = 0.2;

    private double _integral, _seconds, _driven, _turned;

    /// <summary>The encoder has not followed the motor, and not counted since.</summary>
    internal bool IsEncoderDead { get; private set; }

    /// <param name="target">Radians a second.</param>
    /// <param name="actual">Radians a second, by the encoder.</param>
    /// <param name="turned">Radians since the last call, by the encoder.</param>
    /// <param name="seconds">Since the last call.</param>
    /// <returns>−1 to 1; 0 only for a target of 0.</returns>
    internal double Power(double target, double actual, double turned, double seconds)
    {
        Watch(target, turned, seconds);
        if (target == 0)
        {
            _integral = 0;
            return 0;
        }
        var guess = target / noLoadRadiansPerSecond;
        if (IsEncoderDead)
            return Math.Clamp(guess, -1, 1);
        var error = (target - actual) / noLoadRadiansPerSecond;
        var step = error * IntegralGain * Math.Min(seconds, LongestStep);
        var correction = (ProportionalGain * error) + _integral + step;
        var power = guess + Math.Clamp(correction, -MostCorrection, MostCorrection);
        var isSaturated = Math.Abs(correction) > MostCorrection || Math.Abs(power) > 1;
        if (!isSaturated || Math.Sign(step) != Math.Sign(correction))
            _integral += step;
        return Math.Clamp(power, -1, 1);
    }

    private void Watch(double target, double turned, double seconds)
    {
        if (target == 0 || seconds > LongestGap || Math.Sign(target) == -Math.Sign(_driven))
            (_seconds, _driven, _turned) = (0, 0, 0);
        if (target == 0)
            return;
        _seconds += seconds;
        _driven += target * seconds;
        _turned += turned;
        if (_seconds < LeastSeconds || Math.Abs(_driven) < LeastAngle)
            return;
        IsEncoderDead = _turned / _driven < LeastShare; // one that counts the wrong way is as bad
        (_seconds, _driven, _turned) = (0, 0, 0);
    }
}
