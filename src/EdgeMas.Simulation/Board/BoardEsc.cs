namespace EdgeMas.Simulation.Board;

/// <summary>A speed controller at the end of a board's wire: it arms at the pulse of standing still, and stops its motor when pulses do not come or are none that it knows.</summary>
internal sealed class BoardEsc
{
    private const double Standing = 0.001; // seconds
    private const double Full = 0.002;
    private const double Known = 0.0002; // beside those two
    private const double Slack = 0.00005;
    private const double ArmingS = 0.3;
    private const double PatienceS = 0.1;

    /// <summary>Below this share of its power the motor stands.</summary>
    private const double LeastShare = 0.02;

    private double _armed, _silent, _share;

    /// <summary>Moves on by a time.</summary>
    /// <param name="pulse">Seconds; 0 for none.</param>
    /// <returns>Of the motor's highest speed: 0 to 1.</returns>
    internal double Step(double pulse, double seconds)
    {
        if (pulse is < Standing - Known or > Full + Known)
        {
            _silent += seconds;
            if (_silent > PatienceS)
                (_armed, _share) = (0, 0);
            return _share;
        }
        _silent = 0;
        if (_armed < ArmingS)
            _armed = pulse < Standing + Slack ? _armed + seconds : 0;
        var share = Math.Clamp((pulse - Standing) / (Full - Standing), 0, 1);
        _share = _armed < ArmingS || share < LeastShare ? 0 : share;
        return _share;
    }
}
