using System.Text.Json;
using CsCheck;
using EdgeMas.Core.Skills;

namespace EdgeMas.Core.Tests.Skills;

public sealed class SkillArgumentsTests
{
    private static readonly string[] Places = ["dock", "gate"];

    private static readonly SkillDescriptor All = new("all", "", new SkillSchema()
        .Number("distance_m", "m", -50, 50)
        .Place("place")
        .Thing("object")
        .Choice("state", ["on", "off"])
        .Build());

    private const string Good = """{"distance_m":10,"place":"dock","object":"red ball","state":"on"}""";

    [Fact]
    public void Arguments_that_fit_pass() => Assert.Null(Check(All, Good));

    [Theory]
    [InlineData("""[]""", "as an object, not as an array")]
    [InlineData("""{"place":"dock","object":"red ball","state":"on"}""", "needs the argument 'distance_m'")]
    [InlineData("""{"distance_m":10,"place":"dock","object":"red ball","state":"on","speed":1}""", "has no argument 'speed'; it has distance_m, place, object, state")]
    [InlineData("""{"distance_m":10,"distance_m":11,"place":"dock","object":"red ball","state":"on"}""", "2 times")]
    [InlineData("""{"distance_m":"10","place":"dock","object":"red ball","state":"on"}""", "distance_m is a number in m, not text")]
    [InlineData("""{"distance_m":1e999,"place":"dock","object":"red ball","state":"on"}""", "distance_m is a number in m")]
    [InlineData("""{"distance_m":-50.5,"place":"dock","object":"red ball","state":"on"}""", "at least -50 in m, not -50.5")]
    [InlineData("""{"distance_m":51,"place":"dock","object":"red ball","state":"on"}""", "at most 50 in m, not 51")]
    [InlineData("""{"distance_m":10,"place":"moon","object":"red ball","state":"on"}""", "place is a place that the robot knows: dock, gate, not 'moon'")]
    [InlineData("""{"distance_m":10,"place":7,"object":"red ball","state":"on"}""", "not a number")]
    [InlineData("""{"distance_m":10,"place":"dock","object":" ","state":"on"}""", "object is empty")]
    [InlineData("""{"distance_m":10,"place":"dock","object":null,"state":"on"}""", "object is text, not null")]
    [InlineData("""{"distance_m":10,"place":"dock","object":"red ball","state":"dim"}""", "state is one of on, off, not 'dim'")]
    public void Arguments_that_do_not_fit_are_refused_with_the_mend(string arguments, string reason) => Assert.Contains(reason, Check(All, arguments));

    [Fact]
    public void A_text_has_a_longest_length() =>
        Assert.Contains("at most 1000 characters", Check(new SkillDescriptor("say", "", new SkillSchema().Text("text").Build()), $$"""{"text":"{{new string('a', 1_001)}}"}"""));

    [Theory]
    [InlineData("""{"n":2}""", null)]
    [InlineData("""{"n":2.5}""", "whole number")]
    [InlineData("""{"n":2,"on":true,"stops":["gate","dock"],"why":"so"}""", null)]
    [InlineData("""{"n":2,"on":"yes"}""", "true or false")]
    [InlineData("""{"n":2,"stops":[]}""", "1 to 64 places")]
    [InlineData("""{"n":2,"stops":["dock","moon"]}""", "'moon'")]
    [InlineData("""{"n":2,"stops":"dock"}""", "array of places")]
    [InlineData("""{"n":2,"why":"longer than that"}""", "at most 5 characters")]
    public void Schemas_of_others_are_checked_too(string arguments, string? reason)
    {
        var skill = new SkillDescriptor("other", "", Json("""
            {"type":"object","required":["n"],"properties":{"n":{"type":"integer"},"on":{"type":"boolean"},
             "stops":{"x-kind":"places"},"why":{"type":"string","maxLength":5}}}
            """));

        if (reason is null)
            Assert.Null(Check(skill, arguments));
        else
            Assert.Contains(reason, Check(skill, arguments));
    }

    [Fact]
    public void Every_number_within_the_limits_passes_and_every_other_does_not() => Gen.Double[-100, 100].Sample(number =>
        Check(new SkillDescriptor("drive", "", new SkillSchema().Number("distance_m", "m", -50, 50).Build()), JsonSerializer.Serialize(new { distance_m = number })) is null
            == number is >= -50 and <= 50);

    private static string? Check(SkillDescriptor skill, string arguments) => SkillArguments.Check(skill, Json(arguments), Places);

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();
}
