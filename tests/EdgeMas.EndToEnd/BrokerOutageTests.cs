using System.Diagnostics;
using System.Text.Json;
using EdgeMas.EndToEnd.Program;
using EdgeMas.Testing;

namespace EdgeMas.EndToEnd;

/// <summary>The broker goes away during a mission: the rover drives on, the link comes back by itself, and what had to wait arrives.</summary>
public sealed class BrokerOutageTests
{
    private const string Order = "drive ten meters";

    [Fact]
    public async Task A_supervised_mosquitto_that_is_killed_in_mid_mission_comes_back_and_so_does_the_link()
    {
        await using var robot = await LiveRobot.StartAsync(null, "--broker", "mosquitto", "--speed", "4x");
        await using var outside = await OutsideClient.SubscribeAsync(robot.Broker(), $"{LiveRobot.Root}/missions/#", "%p");
        var killed = MosquittoOf(robot);

        robot.Type(Order);
        await robot.UntilDrivingAsync();
        using (var broker = Process.GetProcessById(killed))
            broker.Kill();
        var mission = await robot.MissionEndAsync(Order);
        await Until.TrueAsync(() => outside.Messages.Any(message => message.Contains("\"status\":\"completed\"", StringComparison.Ordinal)), "the end is seen outside");
        var second = MosquittoOf(robot);
        var summary = await robot.QuitAsync();

        Assert.Equal("completed", mission.GetProperty("status").GetString());
        Assert.NotEqual(killed, second);
        AssertDroveTenMetres(summary);
        AssertLostNothing(summary);
    }

    [Fact]
    public async Task Everything_that_waited_for_a_broker_which_was_stopped_and_started_again_is_there_for_a_client_that_was_away_too()
    {
        await using var broker = new MosquittoServer();
        await broker.StartAsync();
        await OutsideClient.LeaveSubscriptionAsync(broker.Endpoint, "historian", $"{LiveRobot.Root}/#");
        await using var robot = await LiveRobot.StartAsync(null, "--broker", broker.Endpoint.ToString(), "--speed", "4x");

        robot.Type(Order);
        await robot.UntilDrivingAsync();
        await broker.StopAsync();
        var mission = await robot.MissionEndAsync(Order); // with nobody outside
        robot.Type("/stop");
        robot.Type("turn left");
        var stopped = await robot.MissionEndAsync("turn left");
        var before = robot.Told.Count;
        await broker.StartAsync();
        await robot.UntilAsync(line => LiveRobot.TypeOf(line) == "edgemas.health" && LiveRobot.DataOf(line).GetProperty("broker_connected").GetBoolean(), "the link is back", before);
        var summary = await robot.QuitAsync();
        await using var historian = await OutsideClient.SubscribeAsync(broker.Endpoint, $"{LiveRobot.Root}/#", "%t\t%P", "-c", "-i", "historian");

        Assert.Equal("completed", mission.GetProperty("status").GetString());
        Assert.Contains("emergency stop", stopped.GetProperty("reason").GetString());
        AssertDroveTenMetres(summary);
        AssertLostNothing(summary);
        var expected = Exported(robot).ToList();
        await Until.TrueAsync(() => expected.All(IdsAt(historian).Contains), "each message arrives", () => $"of {expected.Count} these are missing:\n{string.Join('\n', Lines(robot, expected.Except(IdsAt(historian))))}");
        Assert.True(expected.Count > 100, $"only {expected.Count} messages");
    }

    /// <summary>The ids of all messages that had to arrive: each event, and of each state the last, for a newer state replaces one that waits.</summary>
    private static IEnumerable<string> Exported(LiveRobot robot)
    {
        var untilSummary = robot.Told.TakeWhile(line => !line.TryGetProperty("summary", out _)); // what is told while it goes down may find the link closed
        var events = untilSummary.Where(line => line.TryGetProperty("topic", out _) && !line.TryGetProperty("from_broker", out _)).ToList();
        var states = events.Where(IsState).GroupBy(line => line.GetProperty("topic").GetString()).Select(topic => topic.Last());
        return events.Where(line => !IsState(line)).Concat(states).Select(line => line.GetProperty("event").GetProperty("id").GetString()!);

        static bool IsState(JsonElement line) => line.GetProperty("topic").GetString()!.Split('/')[^1] is "state" or "health";
    }

    private static IEnumerable<JsonElement> Lines(LiveRobot robot, IEnumerable<string> ids) =>
        robot.Told.Where(line => line.TryGetProperty("event", out var told) && told.TryGetProperty("id", out var id) && ids.Contains(id.GetString()));

    private static HashSet<string> IdsAt(OutsideClient client) =>
        [.. client.Messages.Select(message => message.Split('\t')[1].Split(' ').First(attribute => attribute.StartsWith("id:", StringComparison.Ordinal))[3..])];

    private static void AssertDroveTenMetres(JsonElement summary)
    {
        var (start, truth) = (summary.GetProperty("truth_start"), summary.GetProperty("truth"));
        Assert.InRange(truth.GetProperty("x").GetDouble() - start.GetProperty("x").GetDouble(), 9.9, 10.1);
    }

    private static void AssertLostNothing(JsonElement summary)
    {
        var link = summary.GetProperty("broker_link");
        Assert.True(link.GetProperty("reconnects").GetInt32() >= 1, link.GetRawText());
        Assert.Equal((0, 0, 0), (link.GetProperty("dropped").GetInt32(), link.GetProperty("waiting").GetInt32(), link.GetProperty("refused").GetInt32()));
    }

    /// <summary>The robot's own broker, by its parent: nobody else's mosquitto is touched.</summary>
    private static int MosquittoOf(LiveRobot robot)
    {
        foreach (var candidate in Process.GetProcessesByName("mosquitto"))
        {
            using (candidate)
            {
                if (File.Exists($"/proc/{candidate.Id}/status") && File.ReadLines($"/proc/{candidate.Id}/status").Contains($"PPid:\t{robot.ProcessId}"))
                    return candidate.Id;
            }
        }
        throw new InvalidOperationException("the robot has no mosquitto");
    }
}
