using System.Text;
using EdgeMas.Grammar.Languages;
using EdgeMas.Grammar.Tests.Vocabulary;
using EdgeMas.Grammar.Vocabulary;

namespace EdgeMas.Grammar.Tests.Languages;

public sealed class GbnfTests(ITestOutputHelper output)
{
    private const string Arithmetic = """
        # sums of numbers and names
        root  ::= (sum | "stop") "\n"?
        sum   ::= term (ws [-+] ws term)*
        term  ::= [0-9]{1,3} | name | "(" ws sum ws ")" |
                  "é" "\u20AC" "\x41"
        name  ::= [^-+()0-9 \n\t.é]+ ("." name)?
        ws    ::= [ \t]*
        """;

    [Theory]
    [InlineData("1", true)]
    [InlineData("12+abc.d -(3)", true)]
    [InlineData("((((1))+2))\n", true)]
    [InlineData("stop", true)]
    [InlineData("é€A", true)]
    [InlineData("1234", false)]
    [InlineData("(1", false)]
    [InlineData("stop+1", true)]
    [InlineData("", false)]
    [InlineData("1\n\n", false)]
    public void A_grammar_is_followed_as_llama_cpp_writes_it(string text, bool valid) => Assert.Equal(valid, CompiledGrammar.FromGbnf(Arithmetic).Accepts(text));

    [Theory]
    [InlineData("root ::= \"a", 1, 10, "not closed")]
    [InlineData("root ::= a\na = \"b\"", 2, 3, "'::='")]
    [InlineData("root ::= other", 1, 10, "no rule 'other'")]
    [InlineData("start ::= \"a\"", 0, 0, "no rule 'root'")]
    [InlineData("root ::= (\"a\" | \"b\"\nx ::= \"c\"", 2, 3, "')' is expected")]
    [InlineData("root ::= \"a\"\n\nroot ::= \"b\"", 3, 1, "already")]
    [InlineData("root ::= root \"a\" | \"b\"", 1, 1, "left recursion")]
    [InlineData("root ::= a\na ::= \"x\"? b\nb ::= a \"y\" | \"z\"", 2, 1, "left recursion")]
    [InlineData("root ::= \"a\" root", 1, 1, "no text that ends")]
    [InlineData("root ::= [^\\x00-\\U0010FFFF]", 1, 1, "no text that ends")]
    [InlineData("root ::= [z-a]", 1, 11, "out of order")]
    [InlineData("root ::= \"\\q\"", 1, 11, "escape")]
    [InlineData("root ::= \"\\uD800\"", 1, 13, "no character")]
    [InlineData("root ::= * \"a\"", 1, 10, "nothing to repeat")]
    [InlineData("root ::= \"a\"{3,2}", 1, 13, "out of order")]
    [InlineData("root ::= \"a\"{99999}", 1, 14, "more than")]
    [InlineData("root ::= <think>", 1, 10, "tokens")]
    [InlineData("root ::= \"a\" ) \"b\"", 1, 14, "end of the line")]
    [InlineData("", 0, 0, "no rule 'root'")]
    public void A_wrong_grammar_is_refused_with_its_place(string grammar, int line, int column, string reason)
    {
        var error = Assert.Throws<GrammarTextException>(() => CompiledGrammar.FromGbnf(grammar));

        Assert.Equal(("gbnf", line, column), (error.Kind, error.Line, error.Column));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("root ::= ((\"a\"*)*)* root | \"b\"")]
    [InlineData("root ::= (e e)* \"x\"\ne ::= (\"(\" e \")\")*")]
    [InlineData("root ::= (e | \"\")+ \"x\"\ne ::= (\"(\" e \")\")?")]
    public void Repetitions_of_what_may_be_empty_end(string grammar)
    {
        var error = grammar.StartsWith("root ::= ((", StringComparison.Ordinal) ? Assert.Throws<GrammarTextException>(() => CompiledGrammar.FromGbnf(grammar)) : null;
        if (error is not null)
        {
            Assert.Contains("left recursion", error.Message, StringComparison.Ordinal); // what is before it may be empty
            return;
        }
        var compiled = CompiledGrammar.FromGbnf(grammar);
        Assert.True(compiled.Accepts("(())()x"));
        Assert.True(compiled.Accepts("x"));
        Assert.False(compiled.Accepts("(()x"));
    }

    [Theory]
    [InlineData("a{9999}{9999}")]
    [InlineData("(((((((((a{90}){90}){90}){90}){90}){90}){90}){90}){90})")]
    [InlineData("[ab]* a [ab]{500}")]
    public void What_grows_beyond_a_table_stays_bounded(string body)
    {
        var grammar = CompiledGrammar.FromGbnf($"root ::= {body} | \"short\"\na ::= \"a\"");

        Assert.True(grammar.Accepts("short"));
        Assert.False(grammar.Accepts("a"));
    }

    [Fact]
    public void Random_grammars_match_what_a_plain_recursive_matcher_matches()
    {
        var (grammars, verdicts, valid) = (0, 0, 0);
        for (var seed = 0; seed < 600; seed++)
        {
            var random = new Random(seed);
            var rules = new RandomGbnf(random);
            CompiledGrammar grammar;
            try
            {
                grammar = CompiledGrammar.FromGbnf(rules.Text);
            }
            catch (GrammarTextException refusal) when (refusal.Message.Contains("left recursion", StringComparison.Ordinal) || refusal.Message.Contains("no text", StringComparison.Ordinal))
            {
                continue;
            }
            grammars++;
            foreach (var text in RandomGbnf.Texts(random))
            {
                var expected = rules.Matches(text);
                Assert.True(expected == grammar.Accepts(text), $"'{text}' should be {(expected ? "matched" : "left out")} by{Environment.NewLine}{rules.Text}");
                verdicts++;
                valid += expected ? 1 : 0;
            }
        }
        output.WriteLine($"{grammars} grammars, {verdicts} verdicts, {valid} valid");
        Assert.True(grammars > 200 && valid > verdicts / 50, $"{grammars} grammars, {valid} of {verdicts} valid");
    }

    [Fact]
    public void Walks_through_masks_stay_in_the_grammar()
    {
        var vocabulary = new TokenVocabulary(ListedTokenizer.Rich);
        var whole = 0;
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            var rules = new RandomGbnf(random);
            CompiledGrammar grammar;
            try
            {
                grammar = CompiledGrammar.FromGbnf(rules.Text);
            }
            catch (GrammarTextException)
            {
                continue;
            }
            var text = Encoding.UTF8.GetString(MaskTests.Walk(grammar, vocabulary, random, 12, static (_, _) => { }));
            if (!grammar.Accepts(text))
                continue; // the walk stopped before its end
            whole++;
            Assert.True(rules.Matches(text), $"'{text}' is not of{Environment.NewLine}{rules.Text}");
        }
        Assert.True(whole > 30, $"only {whole} walks came to an end");
    }
}
