namespace EdgeMas.Control.Pacing;

/// <summary>Counts lateness, or any other duration. One thread adds and allocates nothing; any thread reads.</summary>
public sealed class LatenessHistogram
{
    private LatenessCounters _counters;

    public void Add(long nanoseconds) => _counters.Add(nanoseconds);

    public LatenessReport Read() => _counters.Read();
}
