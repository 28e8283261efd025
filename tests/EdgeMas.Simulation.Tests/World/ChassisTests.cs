using EdgeMas.Core.Motion;
using EdgeMas.Simulation.Clock;
using EdgeMas.Simulation.Description;
using EdgeMas.Simulation.Rover;
using EdgeMas.Simulation.World;

namespace EdgeMas.Simulation.Tests.World;

/// <summary>How rovers on other wheels than two move over the ground.</summary>
public sealed class ChassisTests
{
    [Fact]
    public void Mecanum_wheels_that_turn_crosswise_take_it_sideways()
    {
        var (world, body) = Yard(DriveKind.Mecanum);

        Drive(world, body, new WheelCommand(new WheelSet(-5, 5, 5, -5)), 3);

        Assert.Equal((4.0, 0.0), (Math.Round(world.TruePose.X, 1), Math.Round(world.TruePose.Heading, 1)));
        Assert.Equal(8 + (5 * 0.08 * 3), world.TruePose.Y, 0.1);
        Assert.Equal(0.4, world.State.SideSpeed, 0.02);
        Assert.Equal(1.2, world.State.Travelled, 0.1);
    }

    [Fact]
    public void Mecanum_wheels_turn_it_where_it_stands()
    {
        var (world, body) = Yard(DriveKind.Mecanum);

        Drive(world, body, new WheelCommand(new WheelSet(-4, 4, -4, 4)), 2);

        Assert.Equal(4 * 0.08 / 0.38 * 2, world.TruePose.Heading, 0.1);
        Assert.Equal((4.0, 8.0), (Math.Round(world.TruePose.X, 1), Math.Round(world.TruePose.Y, 1)));
    }

    [Fact]
    public void A_cars_steering_moves_no_faster_than_it_can_and_not_beyond_its_stop()
    {
        var (world, body) = Yard(DriveKind.Ackermann);
        var rover = world.Description.Rover;
        var before = 0.0;
        for (var i = 0; i < 200; i++)
        {
            Drive(world, body, new WheelCommand(default, 2), 0.01);
            Assert.InRange(world.State.Steering - before, 0, (rover.SteeringRateRadPerS * 0.01) + 1e-9);
            before = world.State.Steering;
        }
        var tightest = (rover.WheelBaseM / Math.Tan(rover.MaxSteeringRad)) + (rover.TrackWidthM / 2);
        Assert.Equal(Math.Atan(rover.WheelBaseM / tightest), before, 1e-3);
        Assert.Equal((4.0, 8.0, 0.0), (world.TruePose.X, world.TruePose.Y, world.TruePose.Heading)); // it steers without turning where it stands
    }

    [Fact]
    public void A_car_rolls_along_its_circle_and_never_aside()
    {
        var (world, body) = Yard(DriveKind.Ackermann);
        Drive(world, body, new WheelCommand(default, 0.3), 1);
        var radius = world.Description.Rover.WheelBaseM / Math.Tan(0.3);
        for (var i = 0; i < 300; i++)
        {
            Drive(world, body, new WheelCommand(new WheelSet(0, 0, 5, 5), 0.3), 0.01);
            Assert.Equal(0, world.State.SideSpeed, 1e-4);
            var (dx, dy) = (world.TruePose.X - 4, world.TruePose.Y - 8 - radius);
            Assert.Equal(radius, Math.Sqrt((dx * dx) + (dy * dy)), 0.01);
        }
        Assert.True(body.TryRead(out var sensors));
        Assert.Equal(world.TruePose.Heading, (sensors.Angles.BackRight - sensors.Angles.BackLeft) * 0.08 / 0.36, 0.02); // its differential gear lets the outer wheel roll farther
    }

    [Theory]
    [InlineData(DriveKind.Mecanum)]
    [InlineData(DriveKind.Ackermann)]
    public void It_brakes_at_once_and_stops_by_itself_when_no_setpoint_comes(DriveKind kind)
    {
        var (world, body) = Yard(kind);
        var command = new WheelCommand(kind == DriveKind.Mecanum ? new WheelSet(5, 5, 5, 5) : new WheelSet(0, 0, 5, 5));
        Drive(world, body, command, 2);
        Assert.Equal(0.4, world.State.Speed, 0.02);
        body.Brake();
        world.Step(TimeSpan.FromSeconds(0.3));
        Assert.Equal(0, world.State.Wheels.Fastest);

        Drive(world, body, command, 2);
        world.Step(TimeSpan.FromSeconds(world.Description.Rover.CommandTimeoutS + 0.3));
        Assert.Equal(0, world.State.Wheels.Fastest);
    }

    [Theory]
    [InlineData(DriveKind.Mecanum)]
    [InlineData(DriveKind.Ackermann)]
    public void A_step_allocates_nothing_and_a_run_repeats_bit_for_bit(DriveKind kind)
    {
        Assert.Equal(Log(), Log());

        (WorldState, WheeledSensors) Log()
        {
            var (world, body) = Yard(kind);
            var command = new WheelCommand(new WheelSet(3, 5, 4, 5), 0.2);
            Drive(world, body, command, 1);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Drive(world, body, command, 2);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.True(body.TryRead(out var sensors));
            return (world.State, sensors);
        }
    }

    [Theory]
    [InlineData(DriveKind.Mecanum, 0, 0.5, "rover.wheel_base_m")]
    [InlineData(DriveKind.Ackermann, 0.4, 0, "rover.max_steering_rad")]
    [InlineData((DriveKind)7, 0.4, 0.5, "rover.drive")]
    public void Measures_that_make_no_chassis_are_named(DriveKind kind, double wheelBase, double steering, string path)
    {
        var yard = WorldDescription.Yard();
        yard = yard with { Rover = yard.Rover with { Drive = kind, WheelBaseM = wheelBase, MaxSteeringRad = steering } };

        Assert.Equal(path, Assert.Throws<WorldDescriptionException>(() => new YardWorld(yard)).Path);
    }

    private static (YardWorld World, SimulatedBody Body) Yard(DriveKind kind)
    {
        var yard = WorldDescription.Yard();
        var world = new YardWorld(yard with { Rover = yard.Rover with { Drive = kind } });
        return (world, new SimulatedBody(world, new VirtualClock()));
    }

    private static void Drive(YardWorld world, SimulatedBody body, in WheelCommand command, double seconds)
    {
        for (var i = 0; i < Math.Round(seconds * 100); i++)
        {
            _ = body.TryDrive(command) ? true : throw new InvalidOperationException("it took no setpoint");
            world.Step(TimeSpan.FromMilliseconds(10));
        }
    }
}
