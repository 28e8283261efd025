using EdgeMas.Reasoning.Orders;
using EdgeMas.Reasoning.Tests.Corpus;

namespace EdgeMas.Reasoning.Tests.Orders;

public sealed class SaidPlacesTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("go to the kitchen", "kitchen|gate", "kitchen")]
    [InlineData("launch", "kitchen|gate", "")]
    [InlineData("roll over to p3", "P1|P3|pickup shelf", "P3")]
    [InlineData("pause p one and let p two continue", "P1|P2|P3", "P1|P2")]
    [InlineData("set it on the shelf", "pickup shelf|bench", "pickup shelf")]
    [InlineData("go to gate 2", "gate 1|gate 2", "gate 2")]
    [InlineData("close both gates", "gate A|gate B|barn", "gate A|gate B")]
    [InlineData("drive to level minus two", "level 1|level -2|exit", "level 1|level -2")]
    [InlineData("go to crac 1", "CRAC-1|CRAC-2", "CRAC-1")]
    [InlineData("to mark b and roll", "mark A|mark B", "mark B")]
    [InlineData("Clean the kids' window and then park", "kids' window|patio door", "kids' window")]
    public void The_places_of_an_order_are_those_it_names_in_full_or_in_part(string order, string places, string said)
    {
        var found = new SaidPlaces(OrderText.TryRead(order, out _)!, places.Split('|')).All;

        Assert.Equal(said, string.Join('|', found));
    }

    [Fact]
    public void Nearly_every_place_of_a_right_plan_was_named()
    {
        var (all, missed) = (0, 0);
        foreach (var robot in PlanCorpus.Development())
        {
            foreach (var (text, plan) in robot.Orders)
            {
                var said = new SaidPlaces(OrderText.TryRead(text, out _)!, robot.Places).All;
                foreach (var place in plan.Steps.SelectMany(step => step.Arguments.EnumerateObject()).Select(argument => argument.Value.ToString()).Where(robot.Places.Contains))
                {
                    all++;
                    if (said.Contains(place))
                        continue;
                    missed++;
                    output.WriteLine($"'{place}' is missed in: {text}");
                }
            }
        }

        output.WriteLine($"{missed} of {all} places are missed");
        Assert.True(all > 150 && missed <= all * 0.01, $"{missed} of {all} places are missed");
    }
}
