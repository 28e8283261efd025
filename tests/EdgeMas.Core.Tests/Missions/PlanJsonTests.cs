using System.Text.Json;
using CsCheck;
using EdgeMas.Core.Missions;

namespace EdgeMas.Core.Tests.Missions;

public sealed class PlanJsonTests
{
    [Fact]
    public void A_plan_is_read_with_its_guards()
    {
        var plan = PlanJson.Parse(
            """[{"name":"look_for","arguments":{"object":"red ball"}},{"name":"take_photo","arguments":{},"when":"found"},{"name":"say","arguments":{"text":"hi"},"with_previous":true}]""");

        Assert.Equal(["look_for", "take_photo", "say"], plan.Steps.Select(step => step.Name));
        Assert.Equal([StepGuard.Always, StepGuard.Found, StepGuard.Always], plan.Steps.Select(step => step.When));
        Assert.Equal([false, false, true], plan.Steps.Select(step => step.WithPrevious));
        Assert.Equal("red ball", plan.Steps[0].Arguments.GetProperty("object").GetString());
    }

    [Fact]
    public void The_first_step_follows_nothing()
    {
        var step = Assert.Single(PlanJson.Parse("""[{"name":"stop","with_previous":true,"when":"failed"}]""").Steps);

        Assert.Equal((false, StepGuard.Always, "{}"), (step.WithPrevious, step.When, step.Arguments.GetRawText()));
    }

    [Fact]
    public void An_empty_plan_is_a_plan() => Assert.Empty(PlanJson.Parse("[]").Steps);

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("drive ten meters", "not JSON")]
    [InlineData("""[{"name":"drive"}""", "not JSON")]
    [InlineData("""[{"name":"\udc00"}]""", "surrogate")]
    [InlineData("""[{"name":"a","name":"b"}]""", "name")]
    [InlineData("""{"name":"drive"}""", "an array of steps, not a object")]
    [InlineData("""["drive"]""", "step 0: expected an object, got a string")]
    [InlineData("""[{"name":"a"},{"arguments":{}}]""", "step 1: no name")]
    [InlineData("""[{"name":7}]""", "step 0: 'name' is a number")]
    [InlineData("""[{"name":"a","arguments":[]}]""", "step 0: 'arguments' is a array")]
    [InlineData("""[{"name":"a","force":true}]""", "step 0: 'force' is a boolean, or not a part")]
    [InlineData("""[{"name":"a","when":"lost"}]""", "one of found, not_found, failed")]
    [InlineData("""[{"name":"a","arguments":{"x":[[[[[[[1]]]]]]]}}]""", "depth")]
    public void What_is_no_plan_is_refused_with_its_step(string json, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => PlanJson.Parse(json)).Message);

    [Fact]
    public void Too_many_steps_and_too_much_text_are_refused()
    {
        var steps = string.Join(',', Enumerable.Repeat("""{"name":"a"}""", PlanJson.MaxSteps + 1));

        Assert.Contains("at most 32 steps", Assert.Throws<FormatException>(() => PlanJson.Parse($"[{steps}]")).Message);
        Assert.Contains("at most 32,768 characters", Assert.Throws<FormatException>(() => PlanJson.Parse(new string(' ', 40_000))).Message);
    }

    [Fact]
    public void A_written_plan_reads_back_the_same()
    {
        var step =
            from name in Gen.String[Gen.Char['a', 'z'], 1, 10]
            from text in Gen.String.Where(text => !text.Any(char.IsSurrogate))
            from number in Gen.Double[-1e6, 1e6]
            from withPrevious in Gen.Bool
            from guard in Gen.Enum<StepGuard>()
            select new PlanStep(name, JsonSerializer.SerializeToElement(new { text, number }), withPrevious, guard);
        step.Array[0, 8].Sample(steps =>
        {
            var written = PlanJson.Write(new Plan([.. steps]));
            var read = PlanJson.Parse(written);
            return PlanJson.Write(read) == PlanJson.Write(new Plan([.. steps.Select((one, i) => i == 0 ? one with { WithPrevious = false, When = StepGuard.Always } : one)]));
        });
    }

    [Fact]
    public void Any_text_is_a_plan_or_refused_with_a_format_exception()
    {
        var pieces = (string[])["[", "]", "{", "}", ",", ":", "\"", "\"name\":", "\"arguments\":", "\"when\":", "\"found\"", "\\ud800", "1e9", "null", "true", " ", "é"];
        Gen.Int[0, pieces.Length - 1].Array[0, 12].Sample(which =>
        {
            try
            {
                PlanJson.Write(PlanJson.Parse(string.Concat(which.Select(i => pieces[i]))));
            }
            catch (FormatException)
            {
                // refused, as it should be
            }
        }, iter: 20_000);
    }
}
