using EdgeMas.Grammar.Automata;

namespace EdgeMas.Grammar.Strings;

/// <summary>Turns an automaton over a string's own UTF-8 into one over the string as JSON writes it, quotes included.</summary>
internal static class StringSpelling
{
    /// <summary>Every string, spelled without needless escapes.</summary>
    internal static Dfa All { get; } = Spell(Patterns.PatternLanguage.All);

    private enum Phase : byte { Before, Inside, Backslash, U, U0, U00, Digit, After }

    /// <param name="text">Words without quotes and escapes. Their labels are kept.</param>
    internal static Dfa Spell(Dfa text)
    {
        if (text.IsEmpty)
            return Dfa.Empty;
        var equals = EqualUnderEscapes(text);
        return DfaBuilder.Explore(
            new State(Phase.Before, text.Start, 0),
            ByteClasses.Meet(text.Classes, ByteClasses.By(static value => IsSpecial(value) ? value + 1 : value < 0x20 ? 257 : 0)),
            (State state, byte next, out State target) => Step(text, equals, state, next, out target),
            static state => state.Phase == Phase.After ? state.Text : Automaton.NoLabel);
    }

    /// <summary>By state: the first that every escaped character leads to the same place as from it. Inside an escape the two need not be told apart.</summary>
    private static int[] EqualUnderEscapes(Dfa text)
    {
        var classes = Enumerable.Range(0, 0x20).Append('"').Append('\\').Select(value => text.Classes.Of((byte)value)).Distinct().Select(c => text.Classes.Examples[c]).ToArray();
        var firsts = new Dictionary<string, int>(StringComparer.Ordinal);
        var equals = new int[text.Count];
        var targets = new char[2 * classes.Length];
        for (var state = 0; state < equals.Length; state++)
        {
            for (var i = 0; i < classes.Length; i++)
            {
                var target = text.Step(state, classes[i]);
                (targets[2 * i], targets[(2 * i) + 1]) = ((char)target, (char)(target >> 16));
            }
            var key = new string(targets);
            if (!firsts.TryGetValue(key, out equals[state]))
                firsts[key] = equals[state] = state;
        }
        return equals;
    }

    private static bool Step(Dfa text, int[] equals, State state, byte next, out State target)
    {
        target = state;
        switch (state.Phase)
        {
            case Phase.Before when next == '"':
                target = state with { Phase = Phase.Inside };
                return true;
            case Phase.Inside when next == '"':
                target = new State(Phase.After, text.LabelOf(state.Text), 0);
                return target.Text != Automaton.NoLabel;
            case Phase.Inside when next == '\\':
                target = new State(Phase.Backslash, equals[state.Text], 0);
                return TakesEscaped(text, state.Text);
            case Phase.Inside:
                return next >= 0x20 && Take(text, state.Text, next, out target);
            case Phase.Backslash when next == 'u':
                target = state with { Phase = Phase.U };
                return true;
            case Phase.Backslash:
                return Unescape(next) is var plain && plain >= 0 && Take(text, state.Text, (byte)plain, out target);
            case Phase.U or Phase.U0:
                target = state with { Phase = state.Phase + 1 };
                return next == '0';
            case Phase.U00:
                target = new State(Phase.Digit, state.Text, (byte)((next & 1) << 4));
                return next is (byte)'0' or (byte)'1';
            case Phase.Digit when char.IsAsciiHexDigit((char)next):
                var value = (byte)(state.High | HexValue(next));
                return value is not (8 or 9 or 10 or 12 or 13) && Take(text, state.Text, value, out target);
            default:
                return false;
        }
    }

    private static bool Take(Dfa text, int at, byte plain, out State target)
    {
        var reached = text.Step(at, plain);
        target = new State(Phase.Inside, reached, 0);
        return reached != Automaton.Dead;
    }

    /// <summary>Some character that JSON escapes may follow.</summary>
    private static bool TakesEscaped(Dfa text, int at)
    {
        for (var plain = 0; plain < 0x20; plain++)
        {
            if (text.Step(at, (byte)plain) != Automaton.Dead)
                return true;
        }
        return text.Step(at, (byte)'"') != Automaton.Dead || text.Step(at, (byte)'\\') != Automaton.Dead;
    }

    private static int Unescape(byte letter) => letter switch
    {
        (byte)'"' => '"',
        (byte)'\\' => '\\',
        (byte)'b' => '\b',
        (byte)'f' => '\f',
        (byte)'n' => '\n',
        (byte)'r' => '\r',
        (byte)'t' => '\t',
        _ => -1,
    };

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private static bool IsSpecial(byte value) => value is (byte)'"' or (byte)'\\' or (byte)'n' or (byte)'r' or (byte)'t' or (byte)'u' || char.IsAsciiHexDigit((char)value);

    private readonly record struct State(Phase Phase, int Text, byte High);
}
