using System.Text.RegularExpressions;
using EdgeMas.Grammar.Languages;

namespace EdgeMas.Grammar.Tests.Languages;

public sealed class RegexTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void Random_expressions_match_what_dotnet_matches()
    {
        var (verdicts, valid, refused) = (0, 0, 0);
        for (var seed = 0; seed < 800; seed++)
        {
            var random = new Random(seed);
            var pattern = Make(random, 3);
            if (!TryCompile(pattern, out var grammar))
            {
                refused++;
                continue;
            }
            var theirs = new Regex($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant, Patience);
            foreach (var text in RandomGbnf.Texts(random))
            {
                var expected = theirs.IsMatch(text);
                Assert.True(expected == (grammar?.Accepts(text) ?? false), $"'{text}' and /{pattern}/");
                verdicts++;
                valid += expected ? 1 : 0;
            }
        }
        Assert.InRange(valid, verdicts / 100, verdicts);
        Assert.InRange(refused, 0, 150);
    }

    [Theory]
    [InlineData("\\d{4}-\\d{2}", "2026-11", true)]
    [InlineData("\\d{4}-\\d{2}", "x2026-11", false)]
    [InlineData("(?i", "", null)]
    [InlineData("a(?<=b)", "", null)]
    [InlineData("(a)\\1", "", null)]
    [InlineData("[z-a]", "", null)]
    [InlineData("a{2,1}", "", null)]
    [InlineData("^(\\p{L}+\\s?){1,200}$", "", null)]
    [InlineData("a(?!)", "", null)]
    [InlineData("[^\\s\\S]", "", null)]
    [InlineData("a|[^\\s\\S]b", "a", true)]
    [InlineData("größe|😀+", "😀😀", true)]
    public void An_expression_matches_whole_texts_or_is_refused(string pattern, string text, bool? valid)
    {
        if (valid is { } expected)
            Assert.Equal(expected, CompiledGrammar.FromRegex(pattern).Accepts(text));
        else
            Assert.Equal("regex", Assert.Throws<GrammarTextException>(() => CompiledGrammar.FromRegex(pattern)).Kind);
    }

    [Fact]
    public void Choices_are_the_only_texts()
    {
        var grammar = CompiledGrammar.FromChoices(["left", "right", "left half", ""]);

        Assert.All(["left", "right", "left half", ""], text => Assert.True(grammar.Accepts(text)));
        Assert.All(["lef", "left ", "left halfx", "Left"], text => Assert.False(grammar.Accepts(text)));
        Assert.Throws<GrammarTextException>(() => CompiledGrammar.FromChoices([]));
        Assert.Equal(2, Assert.Throws<GrammarTextException>(() => CompiledGrammar.FromChoices(["a", "\uD800"])).Line);
    }

    /// <param name="grammar">Null where nothing matches.</param>
    /// <returns>False where a lookahead stands in a place that is not supported.</returns>
    private static bool TryCompile(string pattern, out CompiledGrammar? grammar)
    {
        grammar = null;
        try
        {
            grammar = CompiledGrammar.FromRegex(pattern);
            return true;
        }
        catch (GrammarTextException refusal) when (refusal.Message.Contains("no text", StringComparison.Ordinal))
        {
            return true;
        }
        catch (GrammarTextException refusal) when (refusal.Message.Contains("lookahead", StringComparison.Ordinal))
        {
            return false;
        }
    }

    private static string Make(Random random, int depth) => random.Next(depth > 0 ? 12 : 5) switch
    {
        0 or 1 => $"{"abc"[random.Next(3)]}",
        2 => (string)((string[])["[ab]", "[^a]", ".", "\\w", "[a-c]", "\\x62", "[\\u0061c]"])[random.Next(7)],
        3 => "",
        4 => (string)((string[])["(?=a)", "(?!b)", "^", "$", "(?!c.)"])[random.Next(5)],
        5 or 6 or 7 => $"{Make(random, depth - 1)}{Make(random, depth - 1)}",
        8 or 9 => $"(?:{Make(random, depth - 1)}|{Make(random, depth - 1)})",
        _ => $"(?:{Make(random, 0).TrimStart('^', '$')}{"abc"[random.Next(3)]}){((string[])["*", "+", "?", "{2}", "{0,2}", "{1,}", "*?"])[random.Next(7)]}",
    };
}
