using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Patterns;

namespace EdgeMas.Grammar.Vocabulary;

/// <summary>
/// Characters in 63 kinds, for sets of them in one word: letters and marks that patterns name by themselves, the rest together. An automaton's state that every
/// character of some kinds leads back to reads tokens of those kinds without a look at each.
/// </summary>
internal static class CharacterKinds
{
    internal const int Count = 63;

    /// <summary>Bytes that are no UTF-8 where a character begins; no state leads back over them.</summary>
    internal const ulong Broken = 1UL << 63;

    /// <summary>Bytes from here on begin a character of several bytes.</summary>
    internal const byte FirstLead = 0xC0;

    private const int Digit = 52;
    private const int Control = 61;
    internal const int BeyondAscii = 62;
    private const string Marks = " \"\\_-./"; // from 53 on; the other marks are the kind behind them

    private static readonly Dfa Text = PatternLanguage.All;
    private static readonly byte[] Kinds = [.. Enumerable.Range(0, 256).Select(static value => KindOf((char)value))];

    internal static int Of(byte value) => Kinds[value];

    /// <summary>
    /// By node: kinds of the characters below it, from its end on. Where that is inside a character, they are <see cref="Broken"/>; but behind a character's first
    /// byte they are those of the characters from that byte on.
    /// </summary>
    internal static ulong[] Below(ReadOnlySpan<TrieNode> nodes, int[] parents)
    {
        var states = new int[nodes.Length]; // of the text, counted anew behind what is broken
        var kinds = new ulong[nodes.Length];
        var below = new ulong[nodes.Length];
        for (var node = 0; node < nodes.Length; node++)
        {
            var label = nodes[node].Label;
            kinds[node] = 1UL << Of(label);
            states[node] = Text.Step(parents[node] < 0 ? Text.Start : states[parents[node]], label);
            if (states[node] != Automaton.Dead)
                continue;
            kinds[node] |= Broken;
            var again = Text.Step(Text.Start, label);
            states[node] = again == Automaton.Dead ? Text.Start : again;
        }
        for (var node = nodes.Length - 1; node >= 0; node--)
        {
            if (parents[node] >= 0)
                below[parents[node]] |= below[node] | kinds[node];
        }
        for (var node = 0; node < nodes.Length; node++)
        {
            if (states[node] != Text.Start && nodes[node].Label < FirstLead)
                below[node] |= Broken;
            else if (nodes[node].Label >= FirstLead)
                below[node] |= kinds[node];
        }
        return below;
    }

    /// <summary>A byte that is not ASCII of each class that a table or the encoding tells apart.</summary>
    internal static byte[] BeyondAsciiExamples(ByteClasses classes) =>
        Array.FindAll(ByteClasses.Meet(ByteClasses.By(static value => value < 0x80 ? 0 : 1), ByteClasses.Meet(classes, Text.Classes)).Examples, static value => value >= 0x80);

    private static byte KindOf(char value) => value switch
    {
        >= 'a' and <= 'z' => (byte)(value - 'a'),
        >= 'A' and <= 'Z' => (byte)(26 + value - 'A'),
        >= '0' and <= '9' => Digit,
        < ' ' or '\x7f' => Control,
        >= '\x80' => BeyondAscii,
        _ => (byte)(Digit + 1 + (Marks.IndexOf(value, StringComparison.Ordinal) is var mark and >= 0 ? mark : Marks.Length)),
    };
}
