using System.Text.Json;
using EdgeMas.EndToEnd.Program;
using EdgeMas.Testing;

namespace EdgeMas.EndToEnd;

/// <summary>What an independent client sees of a mission at the broker: mosquitto_sub and mosquitto_pub share no code with the robot.</summary>
public sealed class BrokerCrossingTests
{
    private const string Orders = $"{LiveRobot.Root}/agents/coordinator/inbox";

    [Theory]
    [InlineData("embedded")]
    [InlineData("mosquitto")]
    public async Task A_client_that_shares_no_code_with_the_robot_gives_an_order_and_sees_it_cross_step_by_step(string broker)
    {
        await using var robot = await LiveRobot.StartAsync(null, "--broker", broker, "--speed", "fast");
        await using var outside = await OutsideClient.SubscribeAsync(robot.Broker(), $"{LiveRobot.Root}/#", "%t\t%P\t%p");

        var sent = await OutsideClient.PublishAsync(robot.Broker(), Orders, "-V", "mqttv311", "-m", "turn left, then drive two meters"); // mosquitto_pub's own default
        Assert.True(sent.Code == 0, sent.Said);
        await Until.TrueAsync(() => Seen(outside).Any(message => message.Topic.EndsWith("/speech/say", StringComparison.Ordinal)), "the report crosses", () => string.Join('\n', outside.Messages.TakeLast(20)));
        await robot.QuitAsync();

        var seen = Seen(outside);
        AssertInOrder(
            seen,
            ("the order", message => message.Topic == Orders && message.Body == "turn left, then drive two meters"),
            ("the mission is opened", message => IsMission(message, "planning")),
            ("the planner is asked", message => message.Type == "edgemas.plan.request"),
            ("the model answers", IsPlanOfTheModel),
            ("the critic accepts", message => message.Type == "edgemas.plan.critique" && message.Data.GetProperty("accepted").GetBoolean()),
            ("the mission runs", message => IsMission(message, "running")),
            ("turn is asked for", message => message.Type == "edgemas.skill.request" && message.Data.GetProperty("skill").GetString() == "turn" && message.Topic.EndsWith("/motor/inbox", StringComparison.Ordinal)),
            ("turn goes on", message => IsAbout(message, "edgemas.skill.progressed", "turn")),
            ("the base turns", message => message.Topic.EndsWith("/motion/base/state", StringComparison.Ordinal) && Math.Abs(message.Data.GetProperty("turn_rate").GetDouble()) > 0.1),
            ("turn ends", message => IsAbout(message, "edgemas.skill.ended", "turn") && message.Data.GetProperty("outcome").GetProperty("succeeded").GetBoolean()),
            ("drive is asked for", message => message.Type == "edgemas.skill.request" && message.Data.GetProperty("skill").GetString() == "drive"),
            ("drive goes on", message => IsAbout(message, "edgemas.skill.progressed", "drive")),
            ("the base drives", message => message.Topic.EndsWith("/motion/base/state", StringComparison.Ordinal) && message.Data.GetProperty("speed").GetDouble() > 0.1),
            ("drive ends", message => IsAbout(message, "edgemas.skill.ended", "drive") && message.Data.GetProperty("outcome").GetProperty("succeeded").GetBoolean()),
            ("the mission is completed", message => IsMission(message, "completed")),
            ("the report", message => message.Topic.EndsWith("/speech/say", StringComparison.Ordinal) && message.Body.Contains("drove 2.0", StringComparison.Ordinal)));
        Assert.Equal([0, 1], seen.Where(message => message.Type == "edgemas.mission.step-changed" && message.Data.GetProperty("step").GetProperty("state").GetString() == "completed").Select(message => message.Data.GetProperty("index").GetInt32()));
    }

    /// <summary>Not a canned answer: tokens were sampled, at a speed, with a confidence, by the model that the robot has loaded.</summary>
    private static bool IsPlanOfTheModel(Crossing message)
    {
        if (message.Type != "edgemas.plan.proposal")
            return false;
        var proposal = message.Data;
        Assert.Equal("/agents/planner", message.Attribute("source"));
        Assert.Equal("model", message.Attribute("taint").Split(", ")[^1]);
        Assert.Equal("planner", proposal.GetProperty("model").GetString());
        Assert.InRange(proposal.GetProperty("tokens").GetInt32(), 10, 512);
        Assert.InRange(proposal.GetProperty("prompt_tokens").GetInt32(), 50, 2048);
        Assert.InRange(proposal.GetProperty("confidence").GetDouble(), 0.5, 0.999999);
        Assert.Equal(["turn", "drive"], proposal.GetProperty("plan").GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("name").GetString()));
        return true;
    }

    private static bool IsMission(Crossing message, string status) =>
        message.Type == "edgemas.mission.changed" && message.Topic.Contains("/missions/", StringComparison.Ordinal) && message.Data.GetProperty("status").GetString() == status;

    private static bool IsAbout(Crossing message, string type, string skill) => message.Type == type && message.Data.GetProperty("skill").GetString() == skill;

    private static void AssertInOrder(IReadOnlyList<Crossing> seen, params (string What, Func<Crossing, bool> Is)[] expected)
    {
        var at = 0;
        foreach (var (what, isIt) in expected)
        {
            var next = at;
            while (next < seen.Count && !isIt(seen[next]))
                next++;
            Assert.True(next < seen.Count, $"{what} did not cross after message {at} of {seen.Count}:\n{string.Join('\n', seen.Skip(at).Select(message => $"{message.Topic} {message.Type} {message.Body}"))}");
            at = next + 1;
        }
    }

    private static IReadOnlyList<Crossing> Seen(OutsideClient outside) => [.. outside.Messages.Select(Crossing.Read)];

    private sealed record Crossing(string Topic, string Attributes, string Body)
    {
        internal string Type => Attribute("type");

        internal JsonElement Data => field.ValueKind == JsonValueKind.Undefined ? field = JsonDocument.Parse(Body).RootElement : field;

        internal static Crossing Read(string line) => line.Split('\t', 3) is [var topic, var attributes, var body] ? new Crossing(topic, attributes, body) : throw new FormatException(line);

        /// <summary>mosquitto_sub writes user properties as <c>name:value</c>, with spaces between.</summary>
        internal string Attribute(string name)
        {
            var start = $" {Attributes}".IndexOf($" {name}:", StringComparison.Ordinal);
            if (start < 0)
                return "";
            var value = Attributes[(start + name.Length + 1)..];
            var end = value.Length;
            for (var i = 0; i < value.Length; i++)
            {
                if (value[i] != ' ' || (i > 0 && value[i - 1] == ','))
                    continue;
                end = i;
                break;
            }
            return value[..end];
        }
    }
}
