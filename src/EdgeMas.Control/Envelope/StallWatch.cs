using EdgeMas.Control.Loop;

namespace EdgeMas.Control.Envelope;

/// <summary>Notices that the envelope keeps the base from getting anywhere.</summary>
/// <remarks>It looks at the way made, not at the speed: before an obstacle, the range finder's noise lets a base twitch without end.</remarks>
internal struct StallWatch(TimeSpan patience)
{
    private const double LeastWay = 0.01;

    private double _seconds;
    private double _from;

    /// <summary>The limit that was last seen at work.</summary>
    internal MotionCause Limit { get; private set; }

    internal void Begin(double way)
    {
        _seconds = 0;
        _from = way;
        Limit = MotionCause.None;
    }

    /// <param name="wantsToMove">The controller asks for speed.</param>
    /// <param name="way">Metres so far.</param>
    /// <returns>True when the base has not got on for longer than patience, because of <see cref="Limit"/>.</returns>
    internal bool Observe(bool wantsToMove, double way, MotionCause limited, double seconds)
    {
        if (!wantsToMove || Math.Abs(way - _from) >= LeastWay)
        {
            Begin(way);
            return false;
        }
        if (limited is not (MotionCause.None or MotionCause.Speed or MotionCause.TurnRate))
            Limit = limited;
        _seconds += seconds;
        return Limit != MotionCause.None && _seconds > patience.TotalSeconds;
    }
}
