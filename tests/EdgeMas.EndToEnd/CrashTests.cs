using EdgeMas.EndToEnd.Program;

namespace EdgeMas.EndToEnd;

/// <summary>Agents and the whole process die in the middle of a mission.</summary>
public sealed class CrashTests
{
    private const string Order = "drive ten meters";

    [Fact]
    public async Task A_planner_that_is_killed_while_the_rover_drives_is_restarted_and_the_mission_goes_on()
    {
        await using var robot = await LiveRobot.StartAsync(null, "--speed", "4x");
        robot.Type(Order);
        await robot.UntilDrivingAsync();

        using (var kill = await RobotRun.ProgramAsync(["agent", "kill", "planner", "--data", robot.Data]))
            Assert.True(kill.ExitCode == 0, kill.Errors);
        var mission = await robot.MissionEndAsync(Order);
        await robot.UntilAsync(line => IsReport(line, "planner", "running", restarts: 1), "the planner runs again");
        robot.Type("turn left");
        var next = await robot.MissionEndAsync("turn left");

        Assert.Equal("completed", mission.GetProperty("status").GetString());
        Assert.Equal("completed", next.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_planner_that_is_not_restarted_fails_the_mission_with_its_reason_and_nothing_moves()
    {
        using var file = new RobotFile(("planner: { restart: { on_failure: restart, max: 5, window_s: 60 } }", "planner: { restart: { on_failure: stop } }"));
        await using var robot = await LiveRobot.StartAsync(null, file.Name, "--speed", "fast");
        using (var kill = await RobotRun.ProgramAsync(["agent", "kill", "planner", "--data", robot.Data]))
            Assert.True(kill.ExitCode == 0, kill.Errors);

        robot.Type(Order);
        var mission = await robot.MissionEndAsync(Order);
        var summary = await robot.QuitAsync();

        Assert.Equal("failed", mission.GetProperty("status").GetString());
        Assert.Contains("killed by an operator", mission.GetProperty("reason").GetString());
        Stillness.Assert(summary);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_process_that_is_killed_in_the_middle_of_a_step_tells_the_missions_true_state_at_its_next_start(bool json)
    {
        var data = Directory.CreateTempSubdirectory("edgemas-e2e-").FullName;
        try
        {
            await using (var robot = await LiveRobot.StartAsync(data, "--speed", "4x"))
            {
                robot.Type("turn left, then drive ten meters");
                await robot.UntilDrivingAsync();
                await robot.KillAsync();
            }
            using var next = await RobotRun.ProgramAsync(["run", RobotRun.Configuration, "--headless", "--data", data, "--order", "turn right", .. json ? ["--json"] : Array.Empty<string>()]);

            Assert.True(next.ExitCode == 0, next.Errors);
            var told = string.Join('\n', next.Lines);
            Assert.Contains("cut off during “turn left, then drive ten meters”: 1 of 2 steps were done", told);
            Assert.Contains("The process ended during step 2 (drive).", told);
            if (!json)
                return;
            var left = Assert.Single(next.Summary.GetProperty("left_missions").EnumerateArray());
            Assert.Equal("failed", left.GetProperty("status").GetString());
            Assert.Equal(["completed", "failed"], left.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("state").GetString()));
            Assert.Equal("completed", next.Summary.GetProperty("status").GetString()); // the new order's
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static bool IsReport(System.Text.Json.JsonElement line, string agent, string state, int restarts) =>
        LiveRobot.TypeOf(line) == "edgemas.agent.report" && LiveRobot.DataOf(line) is var report
        && report.GetProperty("agent").GetString() == agent && report.GetProperty("state").GetString() == state && report.GetProperty("restarts").GetInt32() == restarts;
}
