using CsCheck;
using EdgeMas.Core.Motion;
using EdgeMas.Reasoning.Criticism;

namespace EdgeMas.Reasoning.Tests.Criticism;

public sealed class GeofenceRuleTests
{
    private static readonly Pose2D Origin = new(0, 0, 0);

    [Theory]
    [InlineData("drive ten meters", """[{"name":"drive","arguments":{"distance_m":10}}]""")]
    [InlineData("drive ten meters then turn around and drive ten meters",
        """[{"name":"drive","arguments":{"distance_m":10}},{"name":"turn","arguments":{"angle_deg":180}},{"name":"drive","arguments":{"distance_m":10}}]""")]
    [InlineData("go to the kitchen and drive ten meters", """[{"name":"goto","arguments":{"place":"kitchen"}},{"name":"drive","arguments":{"distance_m":10}}]""")]
    [InlineData("look for a ball and drive ten meters", """[{"name":"look_for","arguments":{"object":"ball"}},{"name":"drive","arguments":{"distance_m":-10}}]""")]
    public void A_way_inside_or_of_unknown_direction_is_accepted(string order, string plan) => Assert.Null(Reviews.Check(order, plan, Reviews.Fenced, Origin));

    [Theory]
    [InlineData("drive twenty meters", """[{"name":"drive","arguments":{"distance_m":20}}]""", "Step 1")]
    [InlineData("drive back five meters", """[{"name":"drive","arguments":{"distance_m":-5}}]""", "Step 1")]
    [InlineData("turn left and drive ten meters", """[{"name":"turn","arguments":{"angle_deg":90}},{"name":"drive","arguments":{"distance_m":10}}]""", "Step 2")]
    [InlineData("go to the gate", """[{"name":"goto","arguments":{"place":"gate"}}]""", "Step 1")]
    [InlineData("look for a ball and drive forty meters", """[{"name":"look_for","arguments":{"object":"ball"}},{"name":"drive","arguments":{"distance_m":40}}]""", "Step 2")]
    [InlineData("if you see a ball drive forty meters", """[{"name":"look_for","arguments":{"object":"ball"}},{"name":"drive","arguments":{"distance_m":40},"when":"found"}]""", "Step 2")]
    public void A_way_that_surely_leads_out_is_refused_for_good(string order, string plan, string step)
    {
        var verdict = Reviews.Check(order, plan, Reviews.Fenced, Origin);

        Assert.True(verdict is { Final: true });
        Assert.StartsWith(step, verdict!.Reason);
    }

    [Fact]
    public void Without_a_pose_only_what_no_start_allows_is_refused()
    {
        Assert.Null(Reviews.Check("drive twenty meters", """[{"name":"drive","arguments":{"distance_m":20}}]""", Reviews.Fenced));
        Assert.NotNull(Reviews.Check("drive thirty meters", """[{"name":"drive","arguments":{"distance_m":30}}]""", Reviews.Fenced));
    }

    [Fact]
    public void A_way_across_a_notch_leaves_the_area_although_both_ends_are_inside()
    {
        var area = new FenceArea([(0, 0), (10, 0), (10, 10), (6, 10), (6, 2), (4, 2), (4, 10), (0, 10)]);

        Assert.True(area.Contains((2, 8)) && area.Contains((8, 8)));
        Assert.False(area.ContainsWay((2, 8), (8, 8)));
        Assert.True(area.ContainsWay((2, 1), (8, 1)));
    }

    [Fact]
    public void In_a_rectangle_the_way_stays_inside_exactly_when_its_end_does() =>
        Gen.Select(Gen.Double[-1.9, 15.9], Gen.Double[-7.9, 7.9], Gen.Double[-30, 30], Gen.Double[-30, 30]).Sample((x, y, toX, toY) =>
            new FenceArea(Reviews.Fenced.Geofence).ContainsWay((x, y), (toX, toY)) == (toX is > -2 and < 16 && toY is > -8 and < 8)
            || toX is -2 or 16 || toY is -8 or 8, threads: 1); // on the line itself both answers are right
}
