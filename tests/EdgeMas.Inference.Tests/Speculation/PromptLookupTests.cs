using EdgeMas.Inference.Speculation;

namespace EdgeMas.Inference.Tests.Speculation;

public sealed class PromptLookupTests
{
    private readonly NgramTable _table = new();
    private readonly int[] _draft = new int[4];

    [Theory]
    [InlineData(new[] { 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3 }, new[] { 4, 5, 6, 7 })]
    [InlineData(new[] { 1, 2, 3, 9, 1, 2, 3, 4, 1, 2, 3 }, new[] { 4, 1, 2, 3 })] // as it went on last
    [InlineData(new[] { 5, 5, 5, 5 }, new[] { 5 })]
    [InlineData(new[] { 1, 2, 3, 4, 5, 6 }, new int[0])]
    [InlineData(new[] { 1, 2, 3 }, new int[0])]
    public void A_text_goes_on_as_it_did_where_its_last_three_tokens_stood_before(int[] known, int[] expected)
    {
        Assert.Equal(expected, Propose(known));
    }

    [Fact]
    public void What_another_agent_wrote_is_guessed_where_the_own_text_has_nothing_alike()
    {
        _table.Learn([1, 2, 3, 4, 5, 6], from: 0);

        Assert.Equal([4, 5, 6], Propose([9, 1, 2, 3]));
        Assert.Equal([8, 9, 1, 2], Propose([1, 2, 3, 8, 9, 1, 2, 3]));
    }

    [Fact]
    public void Only_tokens_from_the_given_one_on_are_learned()
    {
        _table.Learn([1, 2, 3, 4, 5], from: 4);

        Assert.False(_table.TryNext(1, 2, 3, out _));
        Assert.True(_table.TryNext(2, 3, 4, out var next));
        Assert.Equal(5, next);
    }

    private int[] Propose(int[] known) => _draft[..PromptLookup.Propose(known, _table, _draft)];
}
