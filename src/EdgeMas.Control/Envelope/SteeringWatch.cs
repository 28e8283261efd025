using EdgeMas.Control.Loop;

namespace EdgeMas.Control.Envelope;

/// <summary>Notices a steering that does not follow or is not measured, and a base of which nothing tells how it turns: it would drive somewhere else than it was asked to.</summary>
/// <remarks>The control loop's thread only; a field to be used in place.</remarks>
internal struct SteeringWatch(TimeSpan patience)
{
    /// <summary>Radians that a steering may lag behind for a while.</summary>
    private const double Tolerance = 0.12;

    private double _blindSeconds, _awaySeconds, _lostSeconds;

    /// <param name="commanded">Radians, as it was told last; NaN when it was told nothing.</param>
    /// <param name="measured">Radians; NaN without a reading.</param>
    /// <param name="yawRate">NaN without a reading.</param>
    /// <returns>Why the base may not move now; <see cref="MotionCause.None"/> when it may.</returns>
    internal MotionCause Observe(double commanded, double measured, double yawRate, double seconds)
    {
        _blindSeconds = double.IsFinite(measured) ? 0 : _blindSeconds + seconds;
        _awaySeconds = Math.Abs(measured - commanded) > Tolerance ? _awaySeconds + seconds : 0; // NaN is not away
        _lostSeconds = double.IsFinite(yawRate) ? 0 : _lostSeconds + seconds;
        var limit = patience.TotalSeconds;
        if (_blindSeconds > limit || _awaySeconds > limit)
            return MotionCause.Steering;
        return _lostSeconds > limit ? MotionCause.Heading : MotionCause.None;
    }
}
