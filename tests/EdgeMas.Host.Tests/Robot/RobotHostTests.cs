using EdgeMas.Core.Missions;
using EdgeMas.Core.Models;
using EdgeMas.Testing;

namespace EdgeMas.Host.Tests.Robot;

/// <summary>What takes a hand inside the process: the embedded broker away and back, the model kept busy.</summary>
public sealed class RobotHostTests
{
    [Fact]
    public async Task The_embedded_broker_is_stopped_and_started_during_a_mission_and_nothing_that_waited_is_lost()
    {
        await using var robot = await HostedRobot.StartAsync("4x");
        var broker = robot.Host.Broker.Broker!;
        var link = robot.Host.Broker.Link;
        var steps = $"{robot.Host.Topics.Root}/missions/+/steps";
        await OutsideClient.LeaveSubscriptionAsync(broker.Endpoint, "historian", steps);
        var mission = robot.OrderAsync("drive ten meters");
        await robot.UntilDrivingAsync();

        await broker.StopAsync(Until.Deadline());
        await Until.TrueAsync(() => !link.IsConnected);
        await Until.TrueAsync(() => robot.Host.Yard.Truth.X > 8); // it drives on with nobody outside
        Assert.True(link.Counters.Waiting > 0);
        await broker.StartAsync(Until.Deadline());
        var end = await mission;
        await Until.TrueAsync(() => link.IsConnected);
        await link.FlushAsync(Until.Deadline());
        await using var historian = await OutsideClient.SubscribeAsync(broker.Endpoint, steps, "%p", "-c", "-i", "historian");

        Assert.Equal(MissionStatus.Completed, end.Mission!.Status);
        Assert.InRange(robot.Host.Yard.Truth.X - robot.Host.TruthAtStart.X, 9.9, 10.1);
        Assert.Equal((0, 0, 1), (link.Counters.Dropped, link.Counters.Waiting, link.Counters.Reconnects));
        await Until.TrueAsync(() => historian.Messages.Any(step => step.Contains("\"state\":\"completed\"", StringComparison.Ordinal)));
        var fractions = historian.Messages.Select(step => System.Text.Json.JsonDocument.Parse(step).RootElement.GetProperty("fraction").GetDouble()).ToList();
        Assert.Equal(fractions.Order(), fractions); // from the beginning to the end, in order
        Assert.True(fractions.Zip(fractions.Skip(1), (before, after) => after - before).Max() < 0.1, "a report is missing in between");
    }

    [Fact]
    public async Task The_emergency_stop_works_while_the_model_is_busy_and_needs_nothing_of_it()
    {
        await using var robot = await HostedRobot.StartAsync("realtime");
        var mission = robot.OrderAsync("drive ten meters");
        await robot.UntilDrivingAsync();
        using var enough = new CancellationTokenSource();
        var thinking = ThinkOnAsync(robot.Model, enough.Token);

        await OutsideClient.PublishAsync(robot.Host.Broker.Broker!.Endpoint, robot.Host.Topics.EStop, "-m", "now");
        await Until.TrueAsync(() => robot.Motion is { EStop: true, Speed: 0 });
        Assert.False(thinking.IsCompleted, "the model was not busy");
        var end = await mission;
        await enough.CancelAsync();
        Assert.InRange(await thinking, 1, int.MaxValue);

        Assert.Equal(MissionStatus.Failed, end.Mission!.Status);
        Assert.Contains("emergency stop", end.Mission.Reason);
        Assert.InRange(robot.Host.Yard.Truth.X, 4, 13);
    }

    /// <summary>Keeps the engine generating, one long text after another, until cancelled.</summary>
    /// <returns>Texts begun.</returns>
    private static async Task<int> ThinkOnAsync(ILanguageModel model, CancellationToken cancellationToken)
    {
        var request = new GenerationRequest { Agent = "thinker", Prompt = "once upon a time", Gbnf = "root ::= [a-z ] root\n", MaxTokens = 1_500 };
        for (var texts = 1; ; texts++)
        {
            try
            {
                await model.GenerateAsync(request, null, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return texts;
            }
        }
    }
}
