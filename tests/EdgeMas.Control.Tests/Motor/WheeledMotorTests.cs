using EdgeMas.Control.Motor;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Skills;
using EdgeMas.Simulation.Description;

namespace EdgeMas.Control.Tests.Motor;

/// <summary>The skills of rovers on other wheels, from the call to the world's truth.</summary>
public sealed class WheeledMotorTests
{
    [Theory]
    [InlineData(DriveKind.Mecanum)]
    [InlineData(DriveKind.Ackermann)]
    public async Task Its_description_is_what_it_offers(DriveKind kind)
    {
        await using var robot = await StartAsync(kind);
        var described = MotorAgent.Describe(robot.Desk.Limits.MaxSpeed, kind);

        Assert.Equal(described.Select(Tell).Order(StringComparer.Ordinal), described.Select(skill => Tell(robot.Registry.Find(skill.Name)!)).Order(StringComparer.Ordinal));
        Assert.Equal(described.Count, robot.Registry.Skills.Count(skill => robot.Registry.ProvidersOf(skill.Name).Contains("motor")));
        Assert.Equal(kind == DriveKind.Mecanum, described.Any(skill => skill.Name == "strafe"));

        static string Tell(SkillDescriptor skill) => $"{skill.Name} {skill.Description} {skill.ParametersSchema.GetRawText()} {string.Join('|', skill.Phrases)}";
    }

    [Fact]
    public void Two_wheels_offer_no_way_sideways() => Assert.DoesNotContain(MotorAgent.Describe(1), skill => skill.Name == "strafe");

    [Fact]
    public async Task Mecanum_wheels_go_sideways()
    {
        await using var robot = await StartAsync(DriveKind.Mecanum);

        var outcome = await robot.CallAsync("strafe", """{"distance_m": -2}""");

        Assert.True(outcome.Succeeded, outcome.Reason);
        Assert.Matches(@"^moved (2\.0\d|1\.9\d) m to the right$", outcome.Reason);
        Assert.Equal(6, robot.World.TruePose.Y, 0.1);
    }

    [Fact]
    public async Task Mecanum_wheels_tell_how_fast_they_go_sideways_and_a_car_tells_nothing()
    {
        Assert.Equal(0.4, (await ReportsAsync(DriveKind.Mecanum, "strafe", 3)).Max(report => report.SideSpeed!.Value), 0.05); // its limit
        Assert.Equal(-0.4, (await ReportsAsync(DriveKind.Mecanum, "strafe", -3)).Min(report => report.SideSpeed!.Value), 0.05);
        Assert.All(await ReportsAsync(DriveKind.Ackermann, "drive", 1), report => Assert.Null(report.SideSpeed));
    }

    [Theory]
    [InlineData(90)]
    [InlineData(-45)]
    [InlineData(180)]
    [InlineData(270)]
    public async Task A_car_turns_to_and_fro_and_ends_where_it_began(double degrees)
    {
        await using var robot = await StartAsync(DriveKind.Ackermann);
        var start = robot.World.TruePose;

        var outcome = await robot.CallAsync("turn", $$"""{"angle_deg": {{degrees}}}""");

        Assert.True(outcome.Succeeded, outcome.Reason);
        Assert.InRange(start.DistanceTo(robot.World.TruePose), 0, 0.15);
        Assert.InRange(Math.Abs(YardRig.Degrees(Angles.Wrap(robot.World.TruePose.Heading - start.Heading - (degrees * Math.PI / 180)))), 0, 5);
        Assert.Equal(degrees, outcome.Result!["turned_deg"]!.GetValue<double>(), 4.0);
        Assert.Equal(0, robot.World.State.Collisions);
    }

    [Theory]
    [InlineData("gate")]
    [InlineData("shed")]
    [InlineData("kitchen")]
    [InlineData("tree")]
    [InlineData("bench")]
    [InlineData("dock")]
    public async Task A_car_reaches_every_place_of_the_yard_and_touches_nothing(string place)
    {
        await using var robot = await StartAsync(DriveKind.Ackermann);
        var at = place == "dock" ? robot.World.Description.Dock.At : robot.World.Description.Places.Single(known => known.Name == place).At;

        var outcome = await robot.CallAsync("goto", $$"""{"place": "{{place}}"}""");

        Assert.True(outcome.Succeeded, outcome.Reason);
        Assert.Equal($"reached {place}", outcome.Reason);
        Assert.InRange(at.DistanceTo(new PointM(robot.World.TruePose.X, robot.World.TruePose.Y)), 0, 0.3);
        Assert.Equal(0, robot.World.State.Collisions);
    }

    [Fact]
    public async Task A_car_without_room_refuses_to_turn_and_stays_where_it_is()
    {
        await using var robot = await StartAsync(DriveKind.Ackermann, yard => yard with { Geofence = [new PointM(2, 7.7), new PointM(9, 7.7), new PointM(9, 8.3), new PointM(2, 8.3)] });
        var start = robot.World.TruePose;

        var turn = await robot.CallAsync("turn", """{"angle_deg": 90}""");
        var goTo = await robot.CallAsync("goto", """{"place": "shed"}""");

        Assert.Equal((false, start), (turn.Succeeded, robot.World.TruePose));
        Assert.StartsWith("not begun: there is no room here to turn by 90°", turn.Reason, StringComparison.Ordinal);
        Assert.StartsWith("not begun: no way to shed was found", goTo.Reason, StringComparison.Ordinal);
        var drive = await robot.CallAsync("drive", """{"distance_m": 3}""");
        Assert.True(drive.Succeeded, drive.Reason);
    }

    private static async Task<IReadOnlyList<MotionReport>> ReportsAsync(DriveKind kind, string skill, double metres)
    {
        await using var robot = await StartAsync(kind);
        var queue = new BusQueue(1000, OverflowPolicy.Refuse);
        using var subscription = robot.Bus.Subscribe(robot.Topics.BaseState, queue);
        var outcome = await robot.CallAsync(skill, $$"""{"distance_m": {{metres}}}""");
        Assert.True(outcome.Succeeded, outcome.Reason);
        var reports = new List<MotionReport>();
        while (queue.TryRead(out var delivery))
            reports.Add(Assert.IsType<MotionReport>(delivery.Message.Data));
        return reports;
    }

    private static Task<MotorYard> StartAsync(DriveKind kind, Func<WorldDescription, WorldDescription>? change = null)
    {
        var yard = WorldDescription.Yard();
        yard = yard with { Rover = yard.Rover with { Drive = kind } };
        yard = change?.Invoke(yard) ?? yard;
        KnownObstacle[] things =
        [
            .. yard.Boxes.SelectMany(box => KnownObstacle.Box(box.At.X, box.At.Y, box.WidthM, box.DepthM, box.HeadingDeg * Math.PI / 180)),
            .. yard.Obstacles.Select(thing => KnownObstacle.Round(thing.At.X, thing.At.Y, thing.RadiusM)),
            .. yard.Balls.Select(ball => KnownObstacle.Round(ball.At.X, ball.At.Y, ball.RadiusM)),
        ];
        return MotorYard.StartAsync(yard, options => options with { Drive = yard.Rover.Geometry, KnownObstacles = things });
    }
}
