using EdgeMas.Grammar.Automata;

namespace EdgeMas.Grammar.Patterns;

/// <summary>A regular expression as a tree.</summary>
internal abstract record Pattern
{
    internal static Pattern Nothing { get; } = new Sequence([]);

    /// <summary>Any text, of any length.</summary>
    internal static Pattern Anything { get; } = new Repeat(new Set(CodePoints.All), 0, null);

    internal sealed record Set(CodePoints Members) : Pattern;

    internal sealed record Sequence(IReadOnlyList<Pattern> Items) : Pattern;

    internal sealed record Either(IReadOnlyList<Pattern> Options) : Pattern;

    /// <param name="Most">Null for no limit.</param>
    internal sealed record Repeat(Pattern Item, int Least, int? Most) : Pattern;

    /// <summary><c>^</c>: the beginning of the text.</summary>
    internal sealed record Begin : Pattern;

    /// <summary><c>$</c>: the end of the text.</summary>
    internal sealed record End : Pattern;

    /// <summary><c>(?=…)</c>, or <c>(?!…)</c> where negative.</summary>
    internal sealed record Look(Pattern Item, bool Negative) : Pattern;

    /// <summary>Words of an automaton that exists already.</summary>
    internal sealed record Language(Dfa Words) : Pattern;

    /// <summary>A lookahead is somewhere inside.</summary>
    internal bool Looks() => Any(static node => node is Look);

    internal bool Any(Func<Pattern, bool> test) => test(this) || this switch
    {
        Sequence sequence => sequence.Items.Any(item => item.Any(test)),
        Either either => either.Options.Any(item => item.Any(test)),
        Repeat repeat => repeat.Item.Any(test),
        Look look => look.Item.Any(test),
        _ => false,
    };
}
