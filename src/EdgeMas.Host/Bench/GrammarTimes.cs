namespace EdgeMas.Host.Bench;

/// <summary>Times of the same work in several passes: of each piece the shortest counts, which leaves out what the machine did beside it.</summary>
internal sealed class GrammarTimes
{
    private readonly List<double> _shortest = [];
    private int _next;

    public int Count => _shortest.Count;

    /// <summary>Another pass over the same pieces begins.</summary>
    public void Rewind() => _next = 0;

    public void Add(double seconds)
    {
        if (_next == _shortest.Count)
            _shortest.Add(seconds);
        else
            _shortest[_next] = Math.Min(_shortest[_next], seconds);
        _next++;
    }

    /// <summary>In units of 1/scale seconds; null where there are none.</summary>
    public double? Percentile(double share, double scale)
    {
        if (_shortest.Count == 0)
            return null;
        var sorted = _shortest.Order().ToArray();
        return Math.Round(sorted[Math.Min((int)(sorted.Length * share), sorted.Length - 1)] * scale, 3);
    }
}
