using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Patterns;

namespace EdgeMas.Grammar.Vocabulary;

/// <summary>
/// Tokens that are words of a simple language, with their mask made beforehand: where a grammar's state takes every word of it, only the other tokens are walked.
/// </summary>
internal sealed class TokenSlice
{
    /// <summary>Letters of strings that need no escape.</summary>
    private const string Text = "[^\"\\\\\\u0000-\\u001f]";

    // Wider before narrower: the first that fits is taken.
    private static readonly string[] Languages =
    [
        $"{Text}*", $"{Text}{{0,16}}", "[^\"\\\\\\u0000-\\u001f\\s]*", $"{Text}{{0,8}}", "[A-Za-z0-9_-]*", "[A-Za-z0-9_-]{0,16}", $"{Text}{{0,4}}", "[A-Za-z0-9_-]{0,8}", "[a-z0-9]*", "[a-z]*",
    ];

    private static readonly Dfa[] Words = [.. Languages.Select(PatternLanguage.Whole)];

    private readonly Dfa _words;

    private TokenSlice(Dfa words, TokenMask tokens, TokenTrie others)
    {
        _words = words;
        Tokens = tokens;
        Others = others;
    }

    internal TokenMask Tokens { get; }

    /// <summary>All other tokens.</summary>
    internal TokenTrie Others { get; }

    internal static IReadOnlyList<TokenSlice> Prepare(TokenTrie all, int count, Func<int, ReadOnlyMemory<byte>> bytesOf) => [.. Words.Select(words =>
    {
        var bits = new uint[(count + 31) / 32];
        var others = new List<(ReadOnlyMemory<byte>, int)>();
        foreach (var token in all.Tokens)
        {
            if (words.Accepts(bytesOf(token).Span))
                bits[token >> 5] |= 1u << token;
            else
                others.Add((bytesOf(token), token));
        }
        return new TokenSlice(words, TokenMask.Of(bits), TokenTrie.Build(others, sorted: true));
    })];

    /// <summary>The automaton takes every word of the slice from the state on.</summary>
    internal bool FitsInto(Automaton automaton, int state) => automaton.Takes(state, _words);
}
