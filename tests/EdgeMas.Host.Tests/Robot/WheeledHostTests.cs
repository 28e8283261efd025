using EdgeMas.Core.Skills;
using EdgeMas.Host.Session;
using EdgeMas.Testing;

namespace EdgeMas.Host.Tests.Robot;

/// <summary>The shipped rovers on other wheels, whole, moved by skills that are called by name.</summary>
public sealed class WheeledHostTests
{
    [Fact]
    public async Task The_mecanum_rover_goes_sideways_and_to_a_place()
    {
        await using var robot = await HostedRobot.StartAsync("fast", "configs/mecanum-sim.yaml");

        var aside = await CallAsync(robot, "strafe distance_m=2");
        Assert.Equal("moved 2.00 m to the left", aside.Reason);
        Assert.Equal(10, robot.Host.Yard.Truth.Y, 0.1);
        Assert.True((await CallAsync(robot, "goto place=gate")).Succeeded);
        Assert.Equal(22.5, robot.Host.Yard.Truth.X, 0.4);
    }

    [Fact]
    public async Task The_car_turns_where_it_stands_and_goes_to_places()
    {
        await using var robot = await HostedRobot.StartAsync("fast", "configs/ackermann-sim.yaml");

        var turn = await CallAsync(robot, "turn angle_deg=90");
        Assert.True(turn.Succeeded, turn.Reason);
        Assert.Equal((4.0, 8.0, 1.57), (robot.Host.Yard.Truth.X, robot.Host.Yard.Truth.Y, robot.Host.Yard.Truth.Heading), Near);
        foreach (var place in new[] { "gate", "shed" })
        {
            var reached = await CallAsync(robot, $"goto place={place}");
            Assert.True(reached.Succeeded, reached.Reason);
        }
        Assert.Equal((21.0, 17.0), (robot.Host.Yard.Truth.X, robot.Host.Yard.Truth.Y), (a, b) => Math.Abs(a.Item1 - b.Item1) < 0.4 && Math.Abs(a.Item2 - b.Item2) < 0.4);
    }

    private static Task<SkillOutcome> CallAsync(HostedRobot robot, string text)
    {
        var call = DirectCall.Parse(text);
        return robot.Host.Calls.CallAsync(call.Skill, call.Arguments, CancellationToken.None).WaitAsync(Until.Deadline());
    }

    private static bool Near((double, double, double) a, (double, double, double) b) =>
        Math.Abs(a.Item1 - b.Item1) < 0.15 && Math.Abs(a.Item2 - b.Item2) < 0.15 && Math.Abs(a.Item3 - b.Item3) < 0.1;
}
