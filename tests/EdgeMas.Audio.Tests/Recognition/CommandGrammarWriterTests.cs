using CsCheck;
using EdgeMas.Audio.Recognition;
using EdgeMas.Core.Skills;

namespace EdgeMas.Audio.Tests.Recognition;

public sealed class CommandGrammarWriterTests
{
    [Fact]
    public void A_skill_without_phrases_is_called_by_its_name_and_arguments() =>
        Assert.Contains("look for (<thing>)", Write([RoverSkills.Make("look_for", new SkillSchema().Thing("object"))]).Jsgf!, StringComparison.Ordinal);

    [Fact]
    public void A_distance_takes_numbers_with_halves_and_its_unit() =>
        Assert.Contains(
            "go (<amount> (meter | meters | centimeter | centimeters) | half a meter | a meter [and a half])",
            Write([RoverSkills.Make("drive", new SkillSchema().Number("distance_m", "m", -50, 50), "go {distance_m}")]).Jsgf!,
            StringComparison.Ordinal);

    [Fact]
    public void An_hour_is_an_hour() =>
        Assert.Contains("an hour [and a half]", Write([RoverSkills.Make("rest", new SkillSchema().Number("h", "h", 0, 9), "rest {h}")]).Jsgf!, StringComparison.Ordinal);

    [Fact]
    public void Named_values_stand_alone_or_with_the_number()
    {
        var turn = new SkillSchema().Number("angle_deg", "deg", -720, 720, null, new Dictionary<string, double> { ["left"] = 90 });

        Assert.Contains("turn ((left) [<amount> (degree | degrees)", Write([RoverSkills.Make("turn", turn, "turn {angle_deg}")]).Jsgf!, StringComparison.Ordinal);
    }

    [Fact]
    public void Choices_and_places_are_listed_in_words() =>
        Assert.Multiple(
            () => Assert.Contains("light (on | off)", Write([RoverSkills.Make("light", new SkillSchema().Choice("state", ["on", "off"]), "light {state}")]).Jsgf!, StringComparison.Ordinal),
            () => Assert.Contains("(charging station | bay twelve)", Write([RoverSkills.Make("go", new SkillSchema().Place("place"))], ["charging_station", "bay-12"]).Jsgf!, StringComparison.Ordinal));

    [Fact]
    public void A_text_cannot_be_listed_and_is_told()
    {
        var grammar = Write([RoverSkills.Make("say", new SkillSchema().Text("text"))]);

        Assert.Null(grammar.Jsgf);
        Assert.Contains("argument 'text' takes words that no grammar can list", Assert.Single(grammar.LeftOut), StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_skill_without_places_is_left_out() => Assert.Null(Write([RoverSkills.Make("goto", new SkillSchema().Place("place"), "go to {place}")]).Jsgf);

    [Theory]
    [InlineData("go {nowhere}", "no argument 'nowhere'")]
    [InlineData("go {place", "'{' without '}'")]
    [InlineData("", "empty")]
    [InlineData("go; <evil> = stop", "not in the pronunciation dictionary")]
    [InlineData("grammar import", "not in the pronunciation dictionary")]
    public void A_phrase_that_cannot_be_read_is_left_out_with_the_reason(string phrase, string reason)
    {
        var grammar = Write([RoverSkills.Make("goto", new SkillSchema().Place("place"), phrase)], ["dock"]);

        Assert.Null(grammar.Jsgf);
        Assert.Contains(reason, Assert.Single(grammar.LeftOut), StringComparison.Ordinal);
    }

    [Fact]
    public void Thousands_of_phrases_are_bounded()
    {
        var skill = RoverSkills.Make("go", new SkillSchema(), [.. Enumerable.Range(0, 2_000).Select(i => $"go {i}")]);

        var grammar = Write([skill]);

        Assert.InRange(grammar.Jsgf!.Length, 1, 50_000);
        Assert.Contains(grammar.LeftOut, sentence => sentence.Contains("more than 512 phrases", StringComparison.Ordinal));
    }

    [Fact]
    public void Whatever_a_phrase_holds_no_foreign_rule_gets_into_the_grammar() =>
        Gen.String[Gen.Char["abc <>;=|(){}[]*+\"\\/#$\n_-019é"], 0, 40].Sample(phrase =>
        {
            var grammar = Write([RoverSkills.Make("go", new SkillSchema(), phrase)], [phrase]);
            if (grammar.Jsgf is null)
                return;
            var command = grammar.Jsgf.Split('\n').Single(line => line.StartsWith("<command>", StringComparison.Ordinal));
            Assert.Matches("^<command> = [a-z' ]+;$", command);
        });

    [Theory]
    [InlineData("0", "zero")]
    [InlineData("7", "seven")]
    [InlineData("12", "twelve")]
    [InlineData("40", "forty")]
    [InlineData("21", "twenty one")]
    [InlineData("100", "one hundred")]
    [InlineData("305", "three hundred five")]
    [InlineData("999", "nine hundred ninety nine")]
    [InlineData("1234", "one two three four")]
    public void Digits_are_said_in_words(string digits, string words) => Assert.Equal(words, NumberWords.Say(digits));

    private static CommandGrammar Write(IReadOnlyList<SkillDescriptor> skills, IReadOnlyList<string>? places = null) =>
        new CommandGrammarWriter(word => !word.StartsWith("evil", StringComparison.Ordinal), ThingWords.Default, []).Write(skills, places ?? []);
}
