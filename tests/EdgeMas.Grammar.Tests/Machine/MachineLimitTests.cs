using EdgeMas.Grammar.Machine;
using EdgeMas.Grammar.Patterns;
using EdgeMas.Grammar.Tests.Vocabulary;
using EdgeMas.Grammar.Vocabulary;

namespace EdgeMas.Grammar.Tests.Machine;

public sealed class MachineLimitTests
{
    [Fact]
    public void A_text_that_can_be_read_in_too_many_ways_leaves_the_machine_usable()
    {
        var fork = Measured(new ChoiceNode([Word("a"), .. Enumerable.Range(0, 5_000).Select(i => Measured(new SequenceNode([Word("b"), Word($"c{i}")])))]));
        var machine = new GrammarMachine(Measured(new SequenceNode([Word("x"), fork])));
        var other = Assert.Throws<GrammarLimitException>(() => machine.Step(machine.Start, "x"u8));

        Assert.Contains("ways", other.Message, StringComparison.Ordinal);
        Assert.True(machine.Step(machine.Start, "y"u8).IsDead);
        Assert.Throws<GrammarLimitException>(() => machine.Step(machine.Start, "x"u8));
    }

    [Fact]
    public void States_are_forgotten_when_they_are_too_many_and_the_text_goes_on()
    {
        var grammar = CompiledGrammar.FromSchema("""{"type":"array","maxItems":1000000,"items":{"type":"integer"}}""");
        var machine = new GrammarMachine(grammar.Machine.Root, capacity: 100);
        var state = machine.Step(machine.Start, "[0"u8);
        for (var i = 0; i < 5_000; i++)
        {
            state = machine.Step(state, ",1"u8);
            Assert.InRange(machine.StateCount, 1, 100);
        }

        Assert.True(machine.Step(state, "]"u8).Ends);
        Assert.True(machine.Step(machine.Start, "[1,2]"u8).Ends);
    }

    [Fact]
    public void Masks_are_dropped_oldest_first_and_made_again()
    {
        const long MaxKept = 100_000;
        var vocabulary = new TokenVocabulary(ListedTokenizer.Rich);
        var machine = CompiledGrammar.FromSchema("""{"type":"array","maxItems":1000000,"items":{"type":"boolean"}}""").Machine;
        var masks = new MaskSource(machine, vocabulary, MaxKept);
        var (first, again) = (new uint[vocabulary.Words], new uint[vocabulary.Words]);
        masks.Fill(machine.Start, first);
        var state = machine.Step(machine.Start, "[true"u8);
        var mask = new uint[vocabulary.Words];
        for (var i = 0; i < 500; i++)
        {
            masks.Fill(state, mask);
            Assert.InRange(masks.KeptBytes, 1, MaxKept);
            state = machine.Step(state, ",true"u8);
        }

        Assert.Null(machine.Start.Mask);
        masks.Fill(machine.Start, again);
        Assert.Equal(first, again);
    }

    private static Node Word(string text) => Measured(new TerminalNode(PatternLanguage.Whole(text)));

    private static Node Measured(Node node)
    {
        node.Shortest = node.Measure();
        return node;
    }
}
