using EdgeMas.Control.Vehicles;
using EdgeMas.Core.Skills;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Robot;
using EdgeMas.Host.Session;
using EdgeMas.Testing;

namespace EdgeMas.Host.Tests.Robot;

/// <summary>The shipped quadrotor and arm, whole, moved by skills that are called by name.</summary>
public sealed class VehicleHostTests
{
    [Fact]
    public async Task The_quadrotor_takes_off_stays_in_the_air_without_an_order_flies_and_lands()
    {
        await using var robot = await HostedRobot.StartAsync("fast", "configs/quadrotor-sim.yaml");

        Assert.True((await CallAsync(robot, "take_off height_m=2")).Succeeded);
        Assert.True((await CallAsync(robot, "wait seconds=10")).Succeeded);
        Assert.InRange(robot.Motion!.Height!.Value, 1.6, 2.4); // its agent keeps it there
        var flight = await CallAsync(robot, "fly_to x_m=10 y_m=8 z_m=3");
        Assert.True(flight.Succeeded, flight.Reason);
        Assert.Equal(10, flight.Result!["x"]!.GetValue<double>(), 0.4);
        Assert.True((await CallAsync(robot, "goto place=gate")).Succeeded);
        Assert.True((await CallAsync(robot, "land")).Succeeded);
        Assert.InRange(robot.Host.Yard.Truth.X, 21.5, 22.5);
        await Until.TrueAsync(() => robot.Motion is { Height: < 0.2 });

        var refused = await CallAsync(robot, "fly_to x_m=10 y_m=8 z_m=3");
        Assert.Contains("take_off comes first", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quadrotor_whose_agent_fails_for_good_lands()
    {
        await using var robot = await HostedRobot.StartAsync("fast", "configs/quadrotor-sim.yaml");
        Assert.True((await CallAsync(robot, "take_off height_m=2")).Succeeded);

        robot.Host.Agents.Inject("motor", new InvalidOperationException("killed by a test"));
        await Until.TrueAsync(() => robot.Host.Yard.EmergencyStop.IsEngaged);
        await Until.TrueAsync(() => ((FlyingYard)robot.Host.Yard).IsOnGround);

        Assert.Empty(robot.Host.Yard.Troubles);
    }

    [Fact]
    public async Task A_program_that_ends_while_its_quadrotor_flies_brings_it_down_first()
    {
        FlyingYard yard;
        await using (var robot = await HostedRobot.StartAsync("fast", "configs/quadrotor-sim.yaml"))
        {
            yard = (FlyingYard)robot.Host.Yard;
            Assert.True((await CallAsync(robot, "take_off height_m=3")).Succeeded);
            Assert.False(yard.IsAtRest);
        }

        Assert.True(yard.IsOnGround);
        Assert.True(yard.IsAtRest);
    }

    [Fact]
    public async Task The_arm_reaches_and_says_what_it_cannot()
    {
        await using var robot = await HostedRobot.StartAsync("fast", "configs/arm-sim.yaml");

        var reached = await CallAsync(robot, "reach x_m=0.3 y_m=0.1 z_m=0.2");
        Assert.True(reached.Succeeded, reached.Reason);
        Assert.InRange(robot.Host.Yard.Truth.X, 0.285, 0.315);
        Assert.True((await CallAsync(robot, "move_joints joint_1_deg=-90 joint_2_deg=60 joint_3_deg=-60 joint_4_deg=-30")).Succeeded);
        Assert.Contains("out of reach", (await CallAsync(robot, "reach x_m=0.6 y_m=0.6 z_m=0.8")).Reason, StringComparison.Ordinal);
        Assert.Contains("at most 160", (await CallAsync(robot, "move_joints joint_1_deg=170 joint_2_deg=60 joint_3_deg=-60 joint_4_deg=-30")).Reason, StringComparison.Ordinal);
        Assert.Contains("no agent has the skill", (await CallAsync(robot, "fly_to x_m=1")).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_its_control_loop_in_edgemas_control_a_quadrotor_flies_and_the_end_of_its_host_lands_it_and_ends_the_core()
    {
        var name = UniqueName();
        FlyingYard yard;
        int core;
        await using (var robot = await HostedRobot.StartAsync("realtime", "configs/quadrotor-sim.yaml", configuration => InOwnProcess(configuration, name)))
        {
            yard = (FlyingYard)robot.Host.Yard;
            core = yard.Desk.Figures.ProcessId;
            var up = await CallAsync(robot, "take_off height_m=2");
            Assert.True(up.Succeeded, up.Reason);
            Assert.NotEqual(Environment.ProcessId, core);
            Assert.True(File.Exists($"/proc/{core}/cmdline"));
            Assert.Empty(yard.Troubles);
        }

        Assert.True(yard.IsOnGround);
        await Until.TrueAsync(() => !File.Exists($"/proc/{core}/cmdline") || File.ReadAllText($"/proc/{core}/cmdline").Length == 0);
        Assert.Empty(Directory.EnumerateFiles("/dev/shm", $"*{name}*"));
    }

    [Fact]
    public async Task With_its_control_loop_in_edgemas_control_an_arm_reaches()
    {
        var name = UniqueName();
        await using (var robot = await HostedRobot.StartAsync("realtime", "configs/arm-sim.yaml", configuration => InOwnProcess(configuration, name)))
        {
            var reached = await CallAsync(robot, "reach x_m=0.3 y_m=0.1 z_m=0.2");
            Assert.True(reached.Succeeded, reached.Reason);
            Assert.InRange(robot.Host.Yard.Truth.X, 0.285, 0.315);
            Assert.NotEqual(0, ((ArmYard)robot.Host.Yard).Desk.Figures.ProcessId);
        }

        Assert.Empty(Directory.EnumerateFiles("/dev/shm", $"*{name}*"));
    }

    private static string UniqueName() => $"test-{Guid.NewGuid():N}";

    /// <summary>With a host and an owner that may be silent for long: this machine may be busy.</summary>
    private static RobotConfiguration InOwnProcess(RobotConfiguration configuration, string name) => configuration with
    {
        Robot = name,
        Control = configuration.Control with { Place = ControlPlace.Process, Heartbeat = TimeSpan.FromSeconds(5) },
        Quadrotor = configuration.Quadrotor is { } quadrotor ? quadrotor with { Limits = quadrotor.Limits with { Vehicle = Patient(quadrotor.Limits.Vehicle) } } : null,
        Arm = configuration.Arm is { } arm ? arm with { Limits = arm.Limits with { Vehicle = Patient(arm.Limits.Vehicle) } } : null,
    };

    private static VehicleLimits Patient(VehicleLimits usual) => usual with { WatchdogPatience = TimeSpan.FromSeconds(30), LeaseDuration = TimeSpan.FromSeconds(60) };

    private static Task<SkillOutcome> CallAsync(HostedRobot robot, string text)
    {
        var call = DirectCall.Parse(text);
        return robot.Host.Calls.CallAsync(call.Skill, call.Arguments, CancellationToken.None).WaitAsync(Until.Deadline());
    }
}
