namespace EdgeMas.Inference.Speculation;

/// <summary>
/// Which token came last after three others, in the outputs of all agents: robots' agents write the same names and forms over and over. Of fixed size; what
/// falls on the same place replaces what was there. The engine's thread only; allocates nothing.
/// </summary>
internal sealed class NgramTable
{
    internal const int Order = 3;
    private const int Places = 1 << 14;

    private readonly Entry[] _entries = new Entry[Places];

    /// <summary>Takes the tokens of an output from a position on.</summary>
    /// <param name="tokens">Prompt and output.</param>
    internal void Learn(ReadOnlySpan<int> tokens, int from)
    {
        for (var i = Math.Max(from, Order); i < tokens.Length; i++)
        {
            var (a, b, c) = (tokens[i - 3], tokens[i - 2], tokens[i - 1]);
            _entries[PlaceOf(a, b, c)] = new Entry(a, b, c, tokens[i], IsKnown: true);
        }
    }

    internal bool TryNext(int a, int b, int c, out int next)
    {
        ref readonly var entry = ref _entries[PlaceOf(a, b, c)];
        next = entry.Next;
        return entry.IsKnown && entry.A == a && entry.B == b && entry.C == c;
    }

    /// <summary>Multiplicative hashing with the odd numbers of xxHash32 (Collet).</summary>
    private static int PlaceOf(int a, int b, int c)
    {
        var hash = ((uint)a * 2654435761u) ^ ((uint)b * 2246822519u) ^ ((uint)c * 3266489917u);
        return (int)((hash ^ (hash >> 15)) & (Places - 1));
    }

    private readonly record struct Entry(int A, int B, int C, int Next, bool IsKnown);
}
