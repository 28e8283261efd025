using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Patterns;

namespace EdgeMas.Grammar.Values;

/// <summary>Brackets, commas and colons, with the whitespace that may stand around them.</summary>
internal sealed class Punctuation
{
    /// <summary>Labels of <see cref="CommaOrBrace"/> and <see cref="CommaOrBracket"/>.</summary>
    internal const int Comma = 0;
    internal const int Close = 1;

    private Punctuation(string space)
    {
        OpenBrace = PatternLanguage.Whole($"\\{{{space}");
        OpenBracket = PatternLanguage.Whole($"\\[{space}");
        Colon = PatternLanguage.Whole($"{space}:{space}");
        CommaOnly = PatternLanguage.Whole($"{space},{space}");
        BraceOnly = PatternLanguage.Whole($"{space}\\}}");
        BracketOnly = PatternLanguage.Whole($"{space}\\]");
        CommaOrBrace = Label(CommaOnly, BraceOnly);
        CommaOrBracket = Label(CommaOnly, BracketOnly);
    }

    internal static Punctuation Compact { get; } = new("");

    internal static Punctuation Free { get; } = new("[ \\t\\n\\r]*");

    /// <summary>Without whitespace: what follows an opening that has taken it.</summary>
    internal static Dfa Brace { get; } = PatternLanguage.Whole("\\}");

    internal static Dfa Bracket { get; } = PatternLanguage.Whole("\\]");

    internal Dfa[] All => [OpenBrace, OpenBracket, Colon, CommaOnly, BraceOnly, BracketOnly, CommaOrBrace, CommaOrBracket];

    internal Dfa OpenBrace { get; }

    internal Dfa OpenBracket { get; }

    internal Dfa Colon { get; }

    internal Dfa CommaOnly { get; }

    internal Dfa BraceOnly { get; }

    internal Dfa BracketOnly { get; }

    internal Dfa CommaOrBrace { get; }

    internal Dfa CommaOrBracket { get; }

    private static Dfa Label(Dfa comma, Dfa close) => DfaBuilder.Explore(
        (Comma: comma.Start, Close: close.Start),
        ByteClasses.Meet(comma.Classes, close.Classes),
        ((int Comma, int Close) state, byte next, out (int Comma, int Close) target) =>
        {
            target = (state.Comma < 0 ? -1 : comma.Step(state.Comma, next), state.Close < 0 ? -1 : close.Step(state.Close, next));
            return target is not (-1, -1);
        },
        state => state.Comma >= 0 && comma.LabelOf(state.Comma) >= 0 ? Comma : state.Close >= 0 && close.LabelOf(state.Close) >= 0 ? Close : Automaton.NoLabel);
}
