namespace EdgeMas.Simulation.Board;

/// <summary>The pulses of a chip's channels, each change in order. Any thread.</summary>
public sealed class ServoTrace(int channels)
{
    /// <summary>A channel's history; older changes are forgotten.</summary>
    private const int MaxChanges = 100_000;

    private readonly Lock _gate = new();
    private readonly List<ServoPulse>[] _channels = [.. Enumerable.Range(0, channels).Select(_ => new List<ServoPulse>())];

    /// <summary>None before the first change.</summary>
    public ServoPulse Last(int channel)
    {
        lock (_gate)
            return _channels[channel] is { Count: > 0 } changes ? changes[^1] : default;
    }

    public IReadOnlyList<ServoPulse> Of(int channel)
    {
        lock (_gate)
            return [.. _channels[channel]];
    }

    internal void Add(int channel, in ServoPulse pulse)
    {
        lock (_gate)
        {
            var changes = _channels[channel];
            if ((changes.Count > 0 ? changes[^1].Seconds : 0) == pulse.Seconds)
                return;
            if (changes.Count == MaxChanges)
                changes.RemoveRange(0, MaxChanges / 2);
            changes.Add(pulse);
        }
    }
}
