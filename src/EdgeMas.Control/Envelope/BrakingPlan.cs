using EdgeMas.Control.Goals;

namespace EdgeMas.Control.Envelope;

/// <summary>How fast a base may go before a place where it has to stand. Immutable.</summary>
internal readonly struct BrakingPlan(EnvelopeOptions options)
{
    /// <summary>Share of the deceleration that is planned with; the rest is in hand for lag and noise.</summary>
    private const double PlannedShare = 0.6;

    /// <summary>Per second: how the last centimetres before a limit are approached.</summary>
    private const double LandingGain = 2;

    /// <summary>Time from a reading to the wheels' answer.</summary>
    private const double Reaction = 0.08;

    private readonly double _deceleration = options.MaxDeceleration * PlannedShare;
    private readonly double _reaction = Reaction + (options.MaxDeceleration * PlannedShare / options.MaxJerk);

    /// <param name="way">Metres to that place.</param>
    /// <param name="going">Metres a second towards it now.</param>
    internal double SpeedBefore(double way, double going) => SpeedProfile.SpeedFor(way - (going * _reaction), _deceleration, LandingGain);

    internal double SecondsToRest(double going) => _reaction + (going / _deceleration);

    /// <returns>Metres within which a limit may slow a base that goes as fast as it may.</returns>
    internal static double LongestWay(EnvelopeOptions options)
    {
        var fastest = Math.Max(options.MaxSpeed, options.MaxReverseSpeed);
        return (options.MaxDeceleration / (LandingGain * LandingGain)) + (fastest * (Reaction + (options.MaxDeceleration / options.MaxJerk) + (fastest / options.MaxDeceleration)));
    }
}
