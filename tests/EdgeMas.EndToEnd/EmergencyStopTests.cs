using System.Diagnostics;
using System.Text.Json;
using EdgeMas.EndToEnd.Program;
using EdgeMas.Testing;

namespace EdgeMas.EndToEnd;

/// <summary>The emergency stop by topic, by key and by word; while the rover drives, while the model thinks, and while the motor agent is down.</summary>
public sealed class EmergencyStopTests
{
    private const string Order = "drive ten meters";
    private const string Topic = $"{LiveRobot.Root}/estop";

    [Fact]
    public async Task Any_message_on_its_topic_stops_the_rover_which_stays_so_until_the_console_releases_it()
    {
        await using var robot = await LiveRobot.StartAsync(null, "--speed", "4x");
        robot.Type(Order);
        await robot.UntilDrivingAsync();

        await OutsideClient.PublishAsync(robot.Broker(), Topic, "-m", "a person stands there");
        var mission = await robot.MissionEndAsync(Order);
        await robot.UntilAsync(line => IsBase(line, stopped: true, standing: true), "the base says that it stands stopped");
        await OutsideClient.PublishAsync(robot.Broker(), Topic, "-D", "publish", "content-type", "application/json", "-m", """{"engaged":false,"reason":"I say so"}"""); // not from the network
        await robot.UntilAsync(line => IsOn(line, Topic) && line.GetRawText().Contains("I say so", StringComparison.Ordinal), "the message came");
        robot.Type("turn left");
        var refused = await robot.MissionEndAsync("turn left");
        var before = robot.Told.Count;
        robot.Type("/release");
        await robot.UntilAsync(line => IsBase(line, stopped: false, standing: true), "the base says that it is released", before);
        robot.Type("turn right");
        var turned = await robot.MissionEndAsync("turn right");
        var summary = await robot.QuitAsync();

        Assert.Equal("failed", mission.GetProperty("status").GetString());
        Assert.Contains("emergency stop", mission.GetProperty("reason").GetString());
        Assert.Equal("refused", refused.GetProperty("status").GetString());
        Assert.Contains("emergency stop", refused.GetProperty("reason").GetString());
        Assert.Equal("completed", turned.GetProperty("status").GetString());
        Assert.InRange(summary.GetProperty("truth").GetProperty("x").GetDouble(), 4.1, 13);
    }

    [Fact]
    public async Task It_works_while_the_model_thinks()
    {
        SharedFiles.Require("models/gemma-3-270m-en64k.gguf");
        await using var robot = await LiveRobot.StartAsync(null, "--speed", "4x", "--model", "gemma-3-270m"); // needs a second for a plan
        robot.Type(Order);
        await robot.UntilAsync(line => LiveRobot.TypeOf(line) == "edgemas.plan.request", "the planner is asked");

        robot.Type("/stop");
        var mission = await robot.MissionEndAsync(Order);
        var told = robot.Told.ToList();
        var summary = await robot.QuitAsync();

        Assert.Equal("failed", mission.GetProperty("status").GetString());
        Assert.Contains("emergency stop", mission.GetProperty("reason").GetString());
        Assert.DoesNotContain(told, line => LiveRobot.TypeOf(line) == "edgemas.plan.proposal"); // it was in the middle of the thought
        Stillness.Assert(summary);
    }

    [Fact]
    public async Task It_works_while_the_motor_agent_waits_for_its_restart()
    {
        using var file = new RobotFile(("motor: { restart: { on_failure: escalate } }", "motor: { restart: { on_failure: restart, backoff_ms: 5000 } }"));
        await using var robot = await LiveRobot.StartAsync(null, file.Name, "--speed", "realtime");
        using (var kill = await RobotRun.ProgramAsync(["agent", "kill", "motor", "--data", robot.Data]))
            Assert.True(kill.ExitCode == 0, kill.Errors);
        await robot.UntilAsync(line => IsAgent(line, "motor", "restarting"), "the motor agent is down");

        await OutsideClient.PublishAsync(robot.Broker(), Topic, "-m", "now");
        var before = robot.Told.Count;
        await robot.UntilAsync(line => IsAgent(line, "motor", "running"), "the motor agent is back", before);
        await robot.UntilAsync(line => IsBase(line, stopped: true, standing: true), "the base is stopped", before);
    }

    [Fact]
    public async Task Control_E_in_the_terminal_stops_the_rover_and_the_screen_says_so()
    {
        var tmux = SharedFiles.RequireFile("/usr/bin/tmux", "tmux");
        var data = Directory.CreateTempSubdirectory("edgemas-e2e-");
        var server = $"edgemas-e2e-{Environment.ProcessId}";
        try
        {
            var program = RobotRun.StartInfo([]).FileName;
            Tmux("new-session", "-d", "-x", "140", "-y", "45", $"{program} run {RobotRun.Configuration} --speed 2x --data {data.FullName}");
            await ScreenAsync("type an order");
            Tmux("send-keys", "-l", Order);
            Tmux("send-keys", "Enter");
            await ScreenAsync("step 1: drive 10 m");

            Tmux("send-keys", "C-e");

            await ScreenAsync("EMERGENCY STOP");
            await ScreenAsync("mission failed: The emergency stop is engaged");
            Tmux("send-keys", "C-c");
            await Until.TrueAsync(() => !File.Exists(Path.Combine(data.FullName, "run", "broker.json")), "it has ended");
        }
        finally
        {
            Tmux("kill-server");
            data.Delete(recursive: true);
        }

        async Task ScreenAsync(string words)
        {
            var screen = "";
            await Until.TrueAsync(() => (screen = Tmux("capture-pane", "-p")).Contains(words, StringComparison.Ordinal), $"the screen shows '{words}'", () => screen);
        }

        string Tmux(params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(tmux, ["-L", server, "-f", "/dev/null", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit(Until.Patience);
            return output;
        }
    }

    private static bool IsBase(JsonElement line, bool stopped, bool standing) =>
        LiveRobot.TypeOf(line) == "edgemas.motion.report" && LiveRobot.DataOf(line) is var motion
        && motion.GetProperty("e_stop").GetBoolean() == stopped && (motion.GetProperty("speed").GetDouble() == 0) == standing;

    private static bool IsOn(JsonElement line, string topic) => line.TryGetProperty("topic", out var on) && on.GetString() == topic;

    private static bool IsAgent(JsonElement line, string agent, string state) =>
        LiveRobot.TypeOf(line) == "edgemas.agent.report" && LiveRobot.DataOf(line) is var report
        && report.GetProperty("agent").GetString() == agent && report.GetProperty("state").GetString() == state;
}
