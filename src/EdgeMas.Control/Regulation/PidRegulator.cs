namespace EdgeMas.Control.Regulation;

/// <summary>
/// A PID controller with feed-forward, derivative on the measurement (a jump of the target makes no kick) and an integral that gives way while the output is limited
/// (back-calculation).
/// </summary>
/// <remarks>One thread; a field to be used in place; allocates nothing. Source: K. Åström and T. Hägglund, Advanced PID Control, 2006, 3.3 to 3.5.</remarks>
public struct PidRegulator(PidGains gains)
{
    private readonly PidGains _gains = gains;
    private readonly double _tracking = TrackingOf(gains);
    private double _integral;
    private double _measured = double.NaN;
    private double _rate;

    /// <summary>What the integral adds now.</summary>
    public readonly double Integral => _integral;

    /// <summary>Forgets all; the next step begins as the first.</summary>
    public void Reset(double integral = 0) => (_integral, _measured, _rate) = (integral, double.NaN, 0);

    /// <param name="feedForward">Added to the output before it is limited: what the target is known to need.</param>
    /// <param name="seconds">Since the last step, above 0.</param>
    /// <returns>Within the limits, whatever comes in; the middle of the limits nearest to zero for input that is no number.</returns>
    public double Step(double target, double measured, double feedForward, double seconds)
    {
        if (!double.IsFinite(target + measured + feedForward) || !(seconds > 0))
            return Math.Clamp(0, _gains.Least, _gains.Most);
        var rate = double.IsNaN(_measured) ? 0 : (measured - _measured) / seconds;
        _measured = measured;
        _rate += (rate - _rate) * (seconds / (_gains.DerivativeSeconds + seconds));

        var error = target - measured;
        var wanted = (_gains.Proportional * error) + _integral - (_gains.Derivative * _rate) + feedForward;
        var output = Math.Clamp(wanted, _gains.Least, _gains.Most);
        if (_gains.Integral > 0)
            _integral += ((_gains.Integral * error) + ((output - wanted) / Math.Max(_tracking, seconds))) * seconds;
        return output;
    }

    private static double TrackingOf(in PidGains gains)
    {
        if (gains.TrackingSeconds > 0 || gains.Integral == 0)
            return gains.TrackingSeconds;
        return gains.Derivative > 0 ? Math.Sqrt(gains.Derivative / gains.Integral) : gains.Proportional / gains.Integral;
    }
}
