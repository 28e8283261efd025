namespace EdgeMas.Simulation.Board;

/// <summary>What the PWM outputs of a board were told, in order. Any thread.</summary>
public sealed class PwmTrace
{
    /// <summary>A channel's history; older states are forgotten.</summary>
    private const int MaxStates = 100_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, List<PwmState>> _channels = [];
    private volatile bool _cut;

    /// <summary>The last state of a channel; off where nobody used it.</summary>
    public PwmState Last(int channel)
    {
        lock (_gate)
            return _channels.TryGetValue(channel, out var states) ? states[^1] : default;
    }

    public IReadOnlyList<PwmState> Of(int channel)
    {
        lock (_gate)
            return _channels.TryGetValue(channel, out var states) ? [.. states] : [];
    }

    /// <summary>The wires are cut: nothing comes out.</summary>
    public bool IsCut { get => _cut; set => _cut = value; }

    internal void Add(int channel, in PwmState state)
    {
        lock (_gate)
        {
            if (_cut)
                return;
            if (!_channels.TryGetValue(channel, out var states))
                _channels[channel] = states = [];
            if (states.Count == MaxStates)
                states.RemoveRange(0, MaxStates / 2);
            states.Add(state);
        }
    }
}
