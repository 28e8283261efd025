namespace EdgeMas.Grammar.Patterns;

/// <summary>A set of Unicode scalar values (no surrogates), as sorted ranges that do not touch.</summary>
internal sealed class CodePoints
{
    internal const int Max = 0x10FFFF;

    private CodePoints(IReadOnlyList<(int From, int To)> ranges) => Ranges = ranges;

    internal static CodePoints None { get; } = new([]);

    internal static CodePoints All { get; } = Of((0, Max));

    internal IReadOnlyList<(int From, int To)> Ranges { get; }

    /// <param name="ranges">Inclusive, in any order.</param>
    internal static CodePoints Of(params IEnumerable<(int From, int To)> ranges)
    {
        var merged = new List<(int From, int To)>();
        foreach (var (from, to) in ranges.SelectMany(WithoutSurrogates).OrderBy(range => range.From))
        {
            if (merged.Count > 0 && from <= merged[^1].To + 1)
                merged[^1] = (merged[^1].From, Math.Max(merged[^1].To, to));
            else
                merged.Add((from, to));
        }
        return new CodePoints(merged);
    }

    internal static CodePoints Single(int value) => Of((value, value));

    internal CodePoints Or(CodePoints other) => Of(Ranges.Concat(other.Ranges));

    internal CodePoints Complement()
    {
        var others = new List<(int, int)>();
        var next = 0;
        foreach (var (from, to) in Ranges)
        {
            if (from > next)
                others.Add((next, from - 1));
            next = to + 1;
        }
        if (next <= Max)
            others.Add((next, Max));
        return Of(others);
    }

    private static IEnumerable<(int From, int To)> WithoutSurrogates((int From, int To) range)
    {
        if (range.From < 0xD800 && range.From <= range.To)
            yield return (range.From, Math.Min(range.To, 0xD7FF));
        if (range.To > 0xDFFF && range.From <= range.To)
            yield return (Math.Max(range.From, 0xE000), range.To);
    }
}
