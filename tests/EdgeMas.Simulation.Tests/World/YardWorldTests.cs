using EdgeMas.Core.Motion;
using EdgeMas.Simulation.Clock;
using EdgeMas.Simulation.Description;
using EdgeMas.Simulation.Rover;
using EdgeMas.Simulation.World;

namespace EdgeMas.Simulation.Tests.World;

public sealed class YardWorldTests
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(10);

    [Fact]
    public void The_same_seed_and_setpoints_give_the_same_run_bit_for_bit()
    {
        Assert.Equal(Log(7), Log(7));
        Assert.NotEqual(Log(7), Log(8));

        static List<(WorldState, DriveSensors)> Log(long seed)
        {
            var world = new YardWorld(WorldDescription.Yard(seed));
            var rover = new SimulatedRover(world, new VirtualClock());
            var random = new Random(1);
            var log = new List<(WorldState, DriveSensors)>();
            for (var i = 0; i < 3_000; i++)
            {
                if (i % 100 == 0)
                    rover.TryDrive((random.NextDouble() * 20) - 5, (random.NextDouble() * 20) - 5);
                if (i % 30 == 0)
                    rover.TryRead(out _); // reading more often changes nothing
                world.Step(Period);
                rover.TryRead(out var sensors);
                log.Add((world.State, sensors));
            }
            return log;
        }
    }

    [Fact]
    public void A_step_and_a_reading_allocate_nothing()
    {
        var (world, rover) = Yard();
        Drive(world, rover, 10, 9, 0.5);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            rover.TryDrive(10, 9);
            world.Step(Period);
            rover.TryRead(out _);
            _ = world.State;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Equal_wheels_drive_straight_but_for_slip_and_opposite_ones_turn_on_the_spot()
    {
        var (world, rover) = Yard();
        Drive(world, rover, 10, 10, 5);
        Assert.Equal(4 + (10 * 0.08 * 5), world.TruePose.X, 0.15);
        Assert.Equal(8, world.TruePose.Y, 0.15);
        Assert.NotEqual(8, world.TruePose.Y);
        Drive(world, rover, 0, 0, 1);

        var at = world.TruePose;
        Drive(world, rover, -3, 3, 2);
        Assert.Equal(at.X, world.TruePose.X, 0.01);
        Assert.Equal(at.Heading + (3 * 0.08 * 2 / 0.36 * 2), world.TruePose.Heading, 0.2);
    }

    [Fact]
    public void Slip_is_zero_on_average_over_many_worlds()
    {
        var sum = 0.0;
        for (var seed = 0; seed < 200; seed++)
        {
            var world = new YardWorld(WorldDescription.Yard(seed));
            var rover = new SimulatedRover(world, new VirtualClock());
            Drive(world, rover, 10, 10, 8);
            Drive(world, rover, 0, 0, 1);
            rover.TryRead(out var sensors);
            var rolled = (sensors.LeftWheelAngle + sensors.RightWheelAngle) / 2 * 0.08;
            var slip = (world.State.Travelled / rolled) - 1;
            Assert.InRange(slip, -0.012, 0.012);
            sum += slip;
        }
        Assert.InRange(sum / 200, -0.0006, 0.0006);
    }

    [Fact]
    public void A_wall_stops_the_rover_its_wheels_and_nothing_breaks()
    {
        var (world, rover) = Yard(yard => yard with { Start = new StartDescription(new PointM(23, 8), 0) });

        Drive(world, rover, 12, 12, 5);

        Assert.Equal(25 - 0.25, world.TruePose.X, 0.01);
        Assert.Equal((1, true), (world.State.Collisions, world.State.IsTouching));
        rover.TryRead(out var before);
        Drive(world, rover, 12, 12, 1);
        rover.TryRead(out var after);
        Assert.InRange(after.LeftWheelAngle - before.LeftWheelAngle, 0, 1); // stalled: encoders do not run on
        Assert.Equal(1, world.State.Collisions);

        Drive(world, rover, -5, -5, 2);
        Assert.False(world.State.IsTouching);
        Assert.InRange(world.TruePose.X, 23, 24.6);
    }

    [Fact]
    public void The_range_finder_sees_what_stands_in_the_bodys_width()
    {
        double Range(params BoxDescription[] boxes)
        {
            var (world, _) = Yard(yard => yard with { Boxes = boxes, Balls = [], Obstacles = [] });
            return world.State.RangeAhead;
        }

        Assert.Equal(2.5 - 0.25, Range(new BoxDescription("grey", new PointM(7, 8), 1, 1, 1)), 1e-9);
        Assert.Equal(2.5 - 0.25, Range(new BoxDescription("grey", new PointM(7, 8.7), 1, 1, 1)), 1e-9); // only its edge is in the way
        Assert.Equal(double.PositiveInfinity, Range(new BoxDescription("grey", new PointM(7, 9), 1, 1, 1)));
        Assert.Equal(double.PositiveInfinity, Range()); // the wall is 21 m away
    }

    [Fact]
    public void Readings_are_missing_as_often_as_described_and_noisy()
    {
        var (world, rover) = Yard(yard => yard with { Boxes = [new BoxDescription("grey", new PointM(7, 8), 1, 1, 1)], Rover = yard.Rover with { RangeDropoutProbability = 0.1 } });
        var (missing, ranges, yawRates) = (0, new List<double>(), new List<double>());
        for (var i = 0; i < 5_000; i++)
        {
            world.Step(Period);
            rover.TryRead(out var sensors);
            if (double.IsNaN(sensors.RangeAhead))
                missing++;
            else
                ranges.Add(sensors.RangeAhead);
            yawRates.Add(sensors.YawRate);
        }

        Assert.InRange(missing, 400, 600);
        Assert.Equal(2.25, ranges.Average(), 0.002);
        Assert.Equal(0.01, Deviation(ranges), 0.001);
        Assert.Equal(0.003, Deviation(yawRates), 0.0003);
        Assert.NotInRange(yawRates.Average(), -1e-4, 1e-4); // its bias
    }

    [Fact]
    public void The_battery_drains_more_when_driving_and_charges_on_the_dock()
    {
        var (standing, _) = Yard();
        for (var i = 0; i < 6_000; i++)
            standing.Step(Period);
        Assert.Equal(0.95 - (8.0 / 60 / 60), standing.State.Battery, 1e-6); // 8 W for a minute out of 60 Wh

        var (driving, rover) = Yard();
        Drive(driving, rover, 3, -3, 60);
        Assert.True(driving.State.Battery < standing.State.Battery - 1e-4);

        var (docked, _) = Yard(yard => yard with { Start = new StartDescription(yard.Dock.At, 180) });
        for (var i = 0; i < 6_000; i++)
            docked.Step(Period);
        Assert.True(docked.State.Battery > 0.95);
    }

    [Fact]
    public void An_empty_battery_ends_the_drive()
    {
        var (world, rover) = Yard(yard => yard with { Rover = yard.Rover with { BatteryStart = 0.0001 } });

        Drive(world, rover, 10, 10, 5);

        Assert.Equal(0, world.State.Battery);
        Assert.Equal(0, world.State.Speed);
    }

    [Fact]
    public void The_motor_board_stops_when_no_setpoint_comes()
    {
        var (world, rover) = Yard();
        Drive(world, rover, 10, 10, 2);
        for (var i = 0; i < 100; i++)
            world.Step(Period);

        Assert.Equal(0, world.State.Speed);
    }

    [Fact]
    public void The_brake_works_though_the_body_does_not_answer()
    {
        var (world, rover) = Yard();
        Drive(world, rover, 10, 10, 2);
        world.Faults.BodySilent = true;
        Assert.False(rover.TryRead(out _));
        Assert.False(rover.TryDrive(10, 10));
        var x = world.TruePose.X;

        rover.Brake();
        for (var i = 0; i < 30; i++)
            world.Step(Period);

        Assert.Equal(0, world.State.Speed);
        Assert.InRange(world.TruePose.X - x, 0, 0.8 * 0.8 / (2 * 60 * 0.08) * 1.1);
    }

    [Fact]
    public void Frozen_encoders_and_stuck_wheels_show_what_they_are()
    {
        var (world, rover) = Yard();
        Drive(world, rover, 5, 5, 1);
        rover.TryRead(out var before);
        world.Faults.EncodersFrozen = true;
        Drive(world, rover, 5, 5, 1);
        rover.TryRead(out var frozen);
        Assert.Equal((before.LeftWheelAngle, before.RightWheelAngle), (frozen.LeftWheelAngle, frozen.RightWheelAngle));
        Assert.True(world.State.Speed > 0.3);

        world.Faults.EncodersFrozen = false;
        world.Faults.LeftWheelStuck = true;
        Drive(world, rover, 5, 5, 0.5);
        Assert.Equal(0, world.State.LeftWheelSpeed);
        Assert.True(world.State.TurnRate > 0.5); // the right wheel turns it left
    }

    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(0, double.PositiveInfinity)]
    public void A_setpoint_that_is_no_number_is_not_taken(double left, double right)
    {
        var (world, rover) = Yard();

        Assert.False(rover.TryDrive(left, right));
        world.Step(Period);
        Assert.Equal(0, world.State.Speed);
    }

    private static (YardWorld World, SimulatedRover Rover) Yard(Func<WorldDescription, WorldDescription>? change = null)
    {
        var world = new YardWorld(change?.Invoke(WorldDescription.Yard()) ?? WorldDescription.Yard());
        return (world, new SimulatedRover(world, new VirtualClock()));
    }

    private static void Drive(YardWorld world, SimulatedRover rover, double left, double right, double seconds)
    {
        for (var i = 0; i < seconds * 100; i++)
        {
            rover.TryDrive(left, right);
            world.Step(Period);
        }
    }

    private static double Deviation(List<double> values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
