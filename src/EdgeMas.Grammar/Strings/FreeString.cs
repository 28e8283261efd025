using EdgeMas.Grammar.Automata;

namespace EdgeMas.Grammar.Strings;

/// <summary>
/// Any JSON string of a number of characters (Unicode scalar values), with all escapes but lone surrogates. Lengths are counted in the state's number, so that a
/// limit of 65,535 costs what one of 5 costs.
/// </summary>
internal sealed class FreeString : Automaton
{
    private static readonly Dfa Body = BuildBody();
    private static readonly int Inside = Body.Step(Body.Start, (byte)'"');
    private static readonly int After = Body.Step(Inside, (byte)'"');
    private static readonly int Width = Body.Count;

    private const int MaxShared = 512;
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<(int Least, int? Most), FreeString> Shared = [];

    private readonly int _least;
    private readonly int _most;

    /// <param name="most">Null for no limit.</param>
    private FreeString(int least, int? most)
    {
        _least = least;
        _most = most ?? int.MaxValue;
    }

    private enum Phase : byte { Before, Inside, Backslash, Hex, Low, LowU, LowHex, Utf8, After }

    /// <summary>Any string.</summary>
    internal static FreeString Any { get; } = new(0, null);

    /// <summary>More characters than an automaton's states can count.</summary>
    internal static int Longest => (int.MaxValue / Width) - 1;

    /// <summary>Strings of a number of characters; the same object for the same numbers, so that masks are shared between grammars.</summary>
    internal static FreeString Of(int least, int? most) =>
        least == 0 && most is null ? Any : least <= MaxShared && (most ?? 0) <= MaxShared ? Shared.GetOrAdd((least, most), static limits => new FreeString(limits.Least, limits.Most)) : new FreeString(least, most);

    /// <summary>Counts the characters of any text that a token can have.</summary>
    internal static FreeString Counting { get; } = new(0, 1 << 20);

    /// <summary>The state behind the opening quote.</summary>
    internal static int Opened => Inside;

    internal override int Start => _most < _least ? Dead : Body.Start;

    internal override int Step(int state, byte next)
    {
        var (count, body) = Math.DivRem(state, Width);
        if (body == Inside)
        {
            if (next == '"')
                return count < _least ? Dead : After;
            if (count >= _most)
                return Dead;
        }
        var reached = Body.Step(body, next);
        if (reached == Dead)
            return Dead;
        if (reached == Inside && body != Body.Start && (_most != int.MaxValue || count < _least))
            count++;
        return (count * Width) + reached;
    }

    internal override int LabelOf(int state) => state == After ? 0 : NoLabel;

    internal override bool Continues(int state) => state != After;

    internal override int DistanceFrom(int state)
    {
        var (count, body) = Math.DivRem(state, Width);
        if (state == After)
            return 0;
        var missing = Math.Max(0, _least - count);
        // Inside a character its own end counts as one of the missing.
        return body == Inside || body == Body.Start ? Body.DistanceFrom(body) + missing : Body.DistanceFrom(body) + Math.Max(0, missing - 1);
    }

    internal override int OnlyByte(int state, IndexSet? allowed)
    {
        var (count, body) = Math.DivRem(state, Width);
        return body == Inside && count >= _most ? '"' : Body.OnlyByte(body, allowed);
    }

    /// <summary>Of a state of <see cref="Counting"/>: characters, one that is not yet complete included.</summary>
    internal static int CharactersBegun(int state)
    {
        var (count, body) = Math.DivRem(state, Width);
        return body == Inside || body == Body.Start ? count : count + 1;
    }

    /// <summary>Before the string and between two characters, tokens differ only by the characters that they take.</summary>
    /// <returns>Fewest and most characters that may still come; null elsewhere.</returns>
    internal (bool IsOpen, int Least, int Most)? Room(int state)
    {
        var (count, body) = Math.DivRem(state, Width);
        return body == Inside || body == Body.Start ? (body == Inside, Math.Max(0, _least - count), _most - count) : null;
    }

    internal override (Automaton Automaton, int State) Representative(int state)
    {
        var (count, body) = Math.DivRem(state, Width);
        if (state == After)
            return (this, state);
        // Far from both limits, only the place inside a character matters; far below the least length, the quote is closed to every token.
        if (count >= _least && (_most == int.MaxValue || _most - count > LongestToken))
            return (Any, body);
        return _least - count > LongestToken && _most - count > LongestToken ? (this, body) : (this, state);
    }

    private static Dfa BuildBody() => DfaBuilder.Explore(
        (Phase: Phase.Before, A: 0, B: 0),
        ByteClasses.By(static value => value < 0x20 ? -1 : value),
        static ((Phase Phase, int A, int B) state, byte next, out (Phase Phase, int A, int B) target) => Step(state, next, out target),
        static state => state.Phase == Phase.After ? 0 : NoLabel);

    private static bool Step((Phase Phase, int A, int B) state, byte next, out (Phase Phase, int A, int B) target)
    {
        target = (Phase.Inside, 0, 0);
        switch (state.Phase)
        {
            case Phase.Before:
                return next == '"';
            case Phase.Inside:
                return StepInside(next, out target);
            case Phase.Utf8: // A: bytes still to come, B: how low and high the next may be
                var (low, high) = (state.B >> 8, state.B & 0xFF);
                if (state.A > 1)
                    target = (Phase.Utf8, state.A - 1, 0x80BF);
                return next >= low && next <= high;
            case Phase.Backslash:
                if (next == 'u')
                    target = (Phase.Hex, 0, 0);
                return next is (byte)'u' or (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t';
            case Phase.Hex: // A: digits read, B: 1 after "d" or "D", 2 when it is a high surrogate
                var digit = char.IsAsciiHexDigit((char)next) ? (next <= '9' ? next - '0' : (next | 0x20) - 'a' + 10) : -1;
                if (digit < 0 || (state.A == 1 && state.B == 1 && digit >= 0xC))
                    return false;
                var mark = state.A switch { 0 when digit == 0xD => 1, 1 when state.B == 1 && digit >= 8 => 2, 1 => 0, _ => state.B };
                target = state.A < 3 ? (Phase.Hex, state.A + 1, mark) : mark == 2 ? (Phase.Low, 0, 0) : (Phase.Inside, 0, 0);
                return true;
            case Phase.Low:
                target = (Phase.LowU, 0, 0);
                return next == '\\';
            case Phase.LowU:
                target = (Phase.LowHex, 0, 0);
                return next == 'u';
            case Phase.LowHex:
                if (state.A < 3)
                    target = (Phase.LowHex, state.A + 1, 0);
                return state.A switch { 0 => next is (byte)'d' or (byte)'D', 1 => next is (>= (byte)'c' and <= (byte)'f') or (>= (byte)'C' and <= (byte)'F'), _ => char.IsAsciiHexDigit((char)next) };
            default:
                return false;
        }
    }

    /// <summary>Lead bytes as in the Unicode Standard, table 3-7.</summary>
    private static bool StepInside(byte next, out (Phase Phase, int A, int B) target)
    {
        target = next switch
        {
            (byte)'"' => (Phase.After, 0, 0),
            (byte)'\\' => (Phase.Backslash, 0, 0),
            < 0x80 => (Phase.Inside, 0, 0),
            < 0xE0 => (Phase.Utf8, 1, 0x80BF),
            0xE0 => (Phase.Utf8, 2, 0xA0BF),
            0xED => (Phase.Utf8, 2, 0x809F),
            < 0xF0 => (Phase.Utf8, 2, 0x80BF),
            0xF0 => (Phase.Utf8, 3, 0x90BF),
            0xF4 => (Phase.Utf8, 3, 0x808F),
            _ => (Phase.Utf8, 3, 0x80BF),
        };
        return next >= 0x20 && next is not ((>= 0x80 and < 0xC2) or > 0xF4);
    }
}
