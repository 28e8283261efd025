using CsCheck;
using EdgeMas.Core.Topics;
using EdgeMas.Mqtt.Access;

namespace EdgeMas.Mqtt.Tests.Access;

public sealed class FilterCoverTests
{
    [Theory]
    [InlineData("a/#", "a/b/c", true)]
    [InlineData("a/#", "a", true)]
    [InlineData("a/#", "a/+/c/#", true)]
    [InlineData("a/+", "a/b", true)]
    [InlineData("a/+", "a/+", true)]
    [InlineData("a/+", "a/#", false)]
    [InlineData("a/b", "a/+", false)]
    [InlineData("a/b", "a/b/c", false)]
    [InlineData("a/b/c", "a/b", false)]
    [InlineData("#", "$SYS/#", false)]
    [InlineData("#", "$share/group/a", false)]
    [InlineData("+/b", "$SYS/b", false)]
    public void A_filter_covers_another_when_it_allows_all_its_topics(string allowed, string asked, bool expected) =>
        Assert.Equal(expected, FilterCover.Covers(allowed, asked));

    [Fact]
    public void A_covered_filter_matches_no_topic_that_the_covering_one_does_not()
    {
        var level = Pick("a", "b", "+", "$c");
        var filter = Gen.Select(level.Array[1, 3], Gen.Bool, (levels, all) => string.Join('/', all ? [.. levels, "#"] : levels));
        var topic = Pick("a", "b", "$c", "").Array[1, 4].Select(levels => string.Join('/', levels));
        Gen.Select(filter, filter, topic).Where((_, _, name) => name.Length > 0).Sample((allowed, asked, name) =>
            !FilterCover.Covers(allowed, asked) || !TopicFilter.Parse(asked).Matches(name) || TopicFilter.Parse(allowed).Matches(name));
    }

    private static Gen<string> Pick(params string[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);
}
