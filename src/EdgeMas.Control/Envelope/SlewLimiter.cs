namespace EdgeMas.Control.Envelope;

/// <summary>
/// Moves a value towards a target: away from zero by at most one rate, towards zero by at most another, and the rate itself changes no faster than the jerk allows. It
/// arrives without overshoot and crosses zero only by way of zero.
/// </summary>
/// <remarks>One thread; a field to be used in place.</remarks>
internal struct SlewLimiter(double least, double most, double up, double down, double jerk)
{
    private const double Nothing = 1e-12;

    private double _rate;

    internal double Value { get; private set; }

    /// <summary>How far the value goes on, in its direction, when it is told to rest after one more step towards where it is told to go now.</summary>
    /// <remarks>The acceleration of now comes down first, then the value itself: both as fast as the jerk allows.</remarks>
    internal readonly double WayToRest(double target, double seconds)
    {
        var direction = Value != 0 ? Math.Sign(Value) : Math.Sign(target);
        if (direction == 0)
            return 0;
        var isFaster = target * direction > Math.Abs(Value);
        var rate = Math.Clamp((_rate * direction) + (isFaster ? jerk * seconds : 0), 0, up);
        var size = Math.Abs(Value) + (rate * seconds);
        var calming = rate / jerk;
        var peak = size + (rate * calming / 2);
        var braking = peak * jerk >= down * down ? peak / 2 * ((peak / down) + (down / jerk)) : peak * Math.Sqrt(peak / jerk);
        return direction * ((size * calming) + (rate * calming * calming / 3) + braking + (2 * peak * seconds));
    }

    /// <summary>The amount that the value comes to before its rate can have come down to zero.</summary>
    internal readonly double Peak(double seconds)
    {
        var rate = Math.Max(0, _rate * Math.Sign(Value));
        return Math.Abs(Value) + (rate * ((rate / jerk / 2) + (double.IsFinite(jerk) ? seconds : 0)));
    }

    /// <summary>The thing itself stands there, whatever it was told.</summary>
    internal void StandAt(double value) => (Value, _rate) = (Math.Clamp(value, least, most), 0);

    /// <summary>The brakes were used.</summary>
    internal void Rest() => (Value, _rate) = (0, 0);

    /// <param name="seconds">Since the last move; meant to be the same each time: after a longer step than the one before it may pass the target by the difference, but never the limits.</param>
    internal void Move(double target, double seconds)
    {
        if (!(seconds > 0))
            return;
        if (Value * target < 0)
            target = 0;
        var sign = Value != 0 ? Math.Sign(Value) : Math.Sign(target) is var towards && towards != 0 ? towards : 1;
        var (size, wanted, rate) = (Math.Abs(Value), Math.Abs(target), _rate * sign);
        var left = (wanted - size) / seconds;
        var next = Math.Sign(left) * LandingRate(Math.Abs(left), jerk * seconds);
        next = Math.Clamp(Math.Clamp(next, rate - (jerk * seconds), rate + (jerk * seconds)), -down, up);
        var moved = Math.Max(0, size + (next * seconds));
        if (Math.Abs(moved - wanted) < Nothing)
            moved = wanted; // to rest means to nothing at all
        moved = Math.Min(moved, sign > 0 ? most : -least);
        _rate = sign * (moved - size) / seconds;
        Value = sign * moved;
    }

    /// <summary>
    /// The highest rate from which a way is done exactly when the rate has come down to zero by one <paramref name="change"/> a step: with n whole changes before the last,
    /// way = (n + 1) · rate − change · n (n + 1) / 2, in units of one step.
    /// </summary>
    private static double LandingRate(double way, double change)
    {
        if (!double.IsFinite(change))
            return way;
        var n = Math.Floor((Math.Sqrt(1 + (8 * way / change)) - 1) / 2);
        return (way + (change * n * (n + 1) / 2)) / (n + 1);
    }
}
