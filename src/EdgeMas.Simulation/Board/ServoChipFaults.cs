namespace EdgeMas.Simulation.Board;

/// <summary>What may be wrong with a servo chip and the plugs on it; each lasts until it is taken back. Any thread.</summary>
public sealed class ServoChipFaults
{
    private volatile bool _allOffIgnored;
    private volatile int _crossed = -1, _cut = -1;
    private double _clockShare = 1;

    /// <summary>A chip that only looks like one: it does not know how to turn all outputs off at once.</summary>
    public bool AllOffIgnored { get => _allOffIgnored; set => _allOffIgnored = value; }

    /// <summary>The plugs of this channel and the next one are exchanged; −1 for none.</summary>
    public int Crossed { get => _crossed; set => _crossed = value; }

    /// <summary>The wire of this channel is cut; −1 for none.</summary>
    public int Cut { get => _cut; set => _cut = value; }

    /// <summary>The oscillator's frequency as a share of the data sheet's.</summary>
    public double ClockShare { get => Volatile.Read(ref _clockShare); set => Volatile.Write(ref _clockShare, value); }

    /// <returns>The channel whose pulses come out at a plug; −1 for none.</returns>
    internal int ChannelAt(int plug)
    {
        if (plug == _cut)
            return -1;
        var crossed = _crossed;
        return crossed < 0 || (plug != crossed && plug != crossed + 1) ? plug : (2 * crossed) + 1 - plug;
    }
}
