using EdgeMas.EndToEnd.Program;

namespace EdgeMas.EndToEnd;

/// <summary>The configuration's limits on orders, plans and missions.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task A_mission_that_takes_longer_than_its_limit_is_cancelled_with_that_reason_and_the_rover_stands()
    {
        using var file = new RobotFile(("mission_s: 900", "mission_s: 6"));
        await using var robot = await LiveRobot.StartAsync(null, file.Name, "--speed", "4x");

        robot.Type("drive ten meters");
        var mission = await robot.MissionEndAsync("drive ten meters");
        var before = robot.Told.Count;
        await robot.UntilAsync(line => LiveRobot.TypeOf(line) == "edgemas.motion.report" && LiveRobot.DataOf(line).GetProperty("speed").GetDouble() == 0, "the rover stands", before);
        robot.Type("turn left"); // the limit is each mission's own
        var next = await robot.MissionEndAsync("turn left");
        var summary = await robot.QuitAsync();

        Assert.Equal("cancelled", mission.GetProperty("status").GetString());
        Assert.Equal("The mission took longer than its limit of 6 s.", mission.GetProperty("reason").GetString());
        Assert.Equal("completed", next.GetProperty("status").GetString());
        Assert.InRange(summary.GetProperty("truth").GetProperty("x").GetDouble(), 5, 9);
    }

    [Fact]
    public async Task A_longer_order_than_the_configuration_allows_is_refused_with_the_limit_named()
    {
        using var file = new RobotFile(("order_characters: 1000", "order_characters: 20"));
        using var run = await RobotRun.DriveAsync(file, "--order", "drive two meters and then turn left");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("refused", run.Summary.GetProperty("status").GetString());
        Assert.Equal("The order has 35 characters; at most 20 are taken.", run.Summary.GetProperty("reason").GetString());
        Stillness.Assert(run.Summary);
    }

    [Fact]
    public async Task A_plan_has_no_more_steps_than_the_configuration_allows()
    {
        using var file = new RobotFile(("plan_steps: 12", "plan_steps: 1"));
        using var one = await RobotRun.DriveAsync(file, "--order", "drive two meters");
        using var two = await RobotRun.DriveAsync(file, "--order", "turn left, then drive two meters");

        Assert.Equal("completed", one.Summary.GetProperty("status").GetString());
        Assert.Equal("refused", two.Summary.GetProperty("status").GetString()); // one step alone would forget the other
        Stillness.Assert(two.Summary);
    }
}
