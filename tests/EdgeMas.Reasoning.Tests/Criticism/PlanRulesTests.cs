using System.Text.Json;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Missions;
using EdgeMas.Core.Skills;
using EdgeMas.Reasoning.Tests.Corpus;

namespace EdgeMas.Reasoning.Tests.Criticism;

public sealed class PlanRulesTests(ITestOutputHelper output)
{
    private const string DriveTen = """[{"name":"drive","arguments":{"distance_m":10}}]""";

    [Theory]
    [InlineData("go forward ten meters", DriveTen)]
    [InlineData("turn left, then look for the red balls and take a picture of one",
        """[{"name":"turn","arguments":{"angle_deg":90}},{"name":"look_for","arguments":{"object":"red ball"}},{"name":"take_photo","arguments":{}}]""")]
    [InlineData("two, no, three meters back", """[{"name":"drive","arguments":{"distance_m":-3}}]""")]
    [InlineData("say dinner in five minutes", """[{"name":"say","arguments":{"text":"dinner in five minutes"}}]""")]
    [InlineData("drive one meter and fifty centimeters", """[{"name":"drive","arguments":{"distance_m":1.5}}]""")]
    [InlineData("take three photos", """[{"name":"take_photo","arguments":{}},{"name":"take_photo","arguments":{}},{"name":"take_photo","arguments":{}}]""")]
    [InlineData("look for tag 3", """[{"name":"look_for","arguments":{"object":"tag 3"}}]""")]
    [InlineData("drive back to the dock", """[{"name":"return_home","arguments":{}}]""")]
    [InlineData("look for the ball three times", """[{"name":"look_for","arguments":{"object":"ball"}},{"name":"look_for","arguments":{"object":"ball"}},{"name":"look_for","arguments":{"object":"ball"}}]""")]
    [InlineData("look for the square box and drive two meters", """[{"name":"look_for","arguments":{"object":"square box"}},{"name":"drive","arguments":{"distance_m":2}}]""")]
    public void A_plan_that_says_what_the_order_says_is_accepted(string order, string plan) => Assert.Null(Reviews.Check(order, plan)?.Reason);

    [Theory]
    [InlineData("tell me a joke", "[]", "Nothing that I can do", true)]
    [InlineData("open the airlock", """[{"name":"open_airlock","arguments":{}}]""", "open_airlock", false)]
    [InlineData("go forward 200 meters", """[{"name":"drive","arguments":{"distance_m":200}}]""", "at most 50", true)]
    [InlineData("go to the moon", """[{"name":"goto","arguments":{"place":"moon"}}]""", "moon", false)]
    [InlineData("go forward", DriveTen, "does not say", false)]
    [InlineData("look for the ball", """[{"name":"look_for","arguments":{"object":"red dragon"}}]""", "'red'", false)]
    [InlineData("drive ten meters then wait two minutes", DriveTen, "two minutes", false)]
    [InlineData("take three photos", """[{"name":"take_photo","arguments":{}},{"name":"take_photo","arguments":{}}]""", "2 times", false)]
    [InlineData("turn right", """[{"name":"turn","arguments":{"angle_deg":90}}]""", "does not say", false)]
    [InlineData("look for tag 3", """[{"name":"look_for","arguments":{"object":"tag"}}]""", "'tag 3'", false)]
    [InlineData("look for box two and take a picture", """[{"name":"look_for","arguments":{"object":"box"}},{"name":"take_photo","arguments":{}}]""", "'box two'", false)]
    [InlineData("go to the gate and then to the kitchen", """[{"name":"goto","arguments":{"place":"kitchen"}}]""", "'gate'", false)]
    [InlineData("go there", """[{"name":"goto","arguments":{"place":"kitchen"}}]""", "does not name", false)]
    [InlineData("drive in a square of two meters", """[{"name":"drive","arguments":{"distance_m":2}}]""", "'square'", false)]
    [InlineData("turn right forty degrees", """[{"name":"turn","arguments":{"angle_deg":40}}]""", "says right", false)]
    [InlineData("turn left forty degrees right now", """[{"name":"turn","arguments":{"angle_deg":-40}}]""", "says left", false)]
    [InlineData("go", """[{"name":"drive","arguments":{"distance_m":"far"}}]""", "number", false)]
    public void A_plan_that_breaks_a_rule_is_rejected_with_the_reason(string order, string plan, string reason, bool final)
    {
        var verdict = Reviews.Check(order, plan);

        Assert.NotNull(verdict);
        Assert.Contains(reason, verdict!.Reason);
        Assert.Equal(final, verdict.Final);
    }

    [Fact]
    public void An_order_from_a_source_that_a_motion_is_closed_to_is_refused_for_good()
    {
        var verdict = Reviews.Check("go forward ten meters", DriveTen, taint: Taint.Vision | Taint.Model);

        Assert.True(verdict is { Final: true });
        Assert.Contains("vision", verdict!.Reason);
    }

    [Fact]
    public void The_planners_own_mark_does_not_close_a_motion() => Assert.Null(Reviews.Check("go forward ten meters", DriveTen, taint: Taint.Speech | Taint.Model));

    [Fact]
    public void A_plan_that_the_planner_hardly_believed_is_refused()
    {
        var verdict = Reviews.Check("fly to the shed", """[{"name":"goto","arguments":{"place":"tool shed"}}]""", confidence: 0.12);

        Assert.True(verdict is { Final: true });
        Assert.Contains("not sure", verdict!.Reason);
    }

    [Theory]
    [InlineData("purple monkey dishwasher", """[{"name":"take_photo","arguments":{}}]""", 0.2, false)]
    [InlineData("purple monkey dishwasher", """[{"name":"look_for","arguments":{"object":"purple monkey dishwasher"}}]""", 0.2, false)]
    [InlineData("tell me a joke", """[{"name":"take_photo","arguments":{}}]""", 0.42, false)]
    [InlineData("how much battery do you have", """[{"name":"battery","arguments":{}}]""", 0.04, true)]
    [InlineData("snap a picture of it", """[{"name":"take_photo","arguments":{}}]""", 0.3, true)]
    [InlineData("kitchen please", """[{"name":"goto","arguments":{"place":"kitchen"}}]""", 0.3, true)]
    [InlineData("the kitchen, and then the gate", """[{"name":"goto","arguments":{"place":"kitchen"}},{"name":"goto","arguments":{"place":"gate"}}]""", 0.3, true)]
    [InlineData("launch the missiles at the kitchen", """[{"name":"goto","arguments":{"place":"kitchen"}}]""", 0.9, false)]
    [InlineData("launch the missiles", """[{"name":"return_home","arguments":{}}]""", 0.9, false)]
    public void Where_the_planner_hesitated_the_order_must_speak_of_the_skill(string order, string plan, double least, bool accepted) =>
        Assert.Equal(accepted, Reviews.Check(order, plan, confidence: 0.8, least: least) is null);

    [Fact]
    public void The_rules_object_to_few_right_plans_of_the_hand_written_orders()
    {
        var (all, rejected) = (0, 0);
        foreach (var robot in PlanCorpus.Development())
        {
            var skills = robot.Skills.Select(skill => new SkillDescriptor(skill.Name, skill.Description, skill.ParametersSchema) { Safety = SafetyClass.Motion, OpenTo = Taint.Speech }).ToList();
            foreach (var (order, plan) in robot.Orders.Where(order => order.Plan.Steps.Count > 0))
            {
                all++;
                if (Reviews.Check(order, PlanJson.Write(plan), skills: skills, places: robot.Places, taint: Taint.Speech) is not { } verdict)
                    continue;
                rejected++;
                output.WriteLine($"{verdict.By}: {verdict.Reason} | {order} → {PlanJson.Write(plan)}");
            }
        }

        output.WriteLine($"{rejected} of {all} right plans are rejected");
        Assert.True(rejected <= all * 0.04, $"{rejected} of {all} right plans are rejected");
    }

    [Fact]
    public void Arguments_of_any_shape_are_judged_without_an_exception()
    {
        string[] values = ["null", "1e400", "{}", "[]", "\"\"", "true", "-0", "\"kitchen\""];
        foreach (var skill in RoverSkills.All.Where(skill => skill.Parameters.Count > 0))
        {
            foreach (var value in values)
            {
                var step = new PlanStep(skill.Name, JsonDocument.Parse($$"""{"{{skill.Parameters[0].Name}}":{{value}}}""").RootElement);
                Reviews.Check("go somewhere nice", PlanJson.Write(new Plan([step])), Reviews.Fenced, new(0, 0, 0));
            }
        }
    }
}
