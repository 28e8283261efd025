using EdgeMas.Control.Goals;
using EdgeMas.Control.Leases;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Stopping;
using EdgeMas.Simulation.Description;

namespace EdgeMas.Control.Tests.Loop;

public sealed class SafetyTests
{
    [Fact]
    public void The_emergency_stop_brakes_within_the_braking_distance_and_stays()
    {
        var rig = UnderWay();
        var speed = rig.World.State.Speed;
        var from = rig.World.TruePose;
        var rover = rig.World.Description.Rover;

        rig.Desk.EmergencyStop.Engage(EStopReason.Operator);
        rig.Run(1);

        var braking = speed * speed / (2 * rover.BrakeDecelerationRadPerS2 * rover.WheelRadiusM);
        Assert.InRange(speed, 0.7, 0.9);
        Assert.InRange(from.DistanceTo(rig.World.TruePose), 0.01, braking + (speed * 0.01)); // and one tick's way
        Assert.Equal((MotionState.EStopped, true), (rig.Desk.Snapshot.State, rig.Desk.Snapshot.EStop));

        var stoodAt = rig.World.TruePose;
        rig.Submit(MotionGoal.Drive(1));
        rig.Run(2);
        Assert.Equal(stoodAt, rig.World.TruePose);
        Assert.Equal(MotionCause.EStop, rig.Desk.Snapshot.Cause);
    }

    [Fact]
    public void A_released_stop_does_not_bring_the_goal_back_but_lets_a_new_one_through()
    {
        var rig = UnderWay();
        rig.Desk.EmergencyStop.Engage(EStopReason.Topic);
        rig.Run(1);
        rig.Desk.EmergencyStop.Release();
        var stoodAt = rig.World.TruePose;
        rig.Run(2);
        Assert.Equal(stoodAt, rig.World.TruePose);
        Assert.Equal(MotionState.EStopped, rig.Desk.Snapshot.State);

        Assert.Equal(MotionState.Done, rig.Finish(MotionGoal.Drive(1)).State);
    }

    [Fact]
    public void A_stop_that_was_released_before_the_next_tick_still_ends_the_goal()
    {
        var rig = UnderWay();

        rig.Desk.EmergencyStop.Engage(EStopReason.Api);
        rig.Desk.EmergencyStop.Release();
        rig.Step();

        Assert.Equal((MotionState.EStopped, EStopReason.None), (rig.Desk.Snapshot.State, rig.Desk.EmergencyStop.Reason));
    }

    [Fact]
    public void The_first_reason_of_an_emergency_stop_stands()
    {
        var rig = new YardRig();

        rig.Desk.EmergencyStop.Engage(EStopReason.Operator);
        rig.Desk.EmergencyStop.Engage(EStopReason.Topic);

        Assert.Equal(EStopReason.Operator, rig.Desk.EmergencyStop.Reason);
    }

    [Fact]
    public void When_the_goals_owner_goes_silent_the_rover_comes_to_rest()
    {
        var rig = UnderWay();
        var from = rig.World.TruePose;

        rig.FeedsItself = false;
        rig.Run(3);

        Assert.Equal((MotionState.Blocked, MotionCause.Watchdog), (rig.Desk.Snapshot.State, rig.Desk.Snapshot.Cause));
        Assert.Equal(0, rig.World.State.Speed, 1e-3);
        Assert.InRange(from.DistanceTo(rig.World.TruePose), 0.8, 1.3); // a second's patience and the braking
    }

    [Fact]
    public void The_holder_of_an_old_lease_is_refused()
    {
        var rig = UnderWay();
        var old = rig.Lease;

        rig.TakeLease("rig"); // as an agent that was restarted does

        Assert.False(rig.Desk.TrySubmit(old, MotionGoal.Drive(1), out var id));
        Assert.Equal(0, id);
        Assert.False(rig.Desk.Leases.Feed(old));
        rig.Step();
        Assert.Equal((MotionState.Blocked, MotionCause.Lease), (rig.Desk.Snapshot.State, rig.Desk.Snapshot.Cause)); // the goal of before has lost its owner
        Assert.Equal(MotionState.Done, rig.Finish(MotionGoal.Drive(1)).State);
    }

    [Fact]
    public void A_lease_is_anothers_only_when_it_ran_out_or_is_taken_over()
    {
        var rig = new YardRig { FeedsItself = false };

        Assert.False(rig.Desk.Leases.TryAcquire("other", out _));
        Assert.Equal("rig", rig.Desk.Leases.Holder);
        rig.Clock.Advance(rig.Limits.LeaseDuration);
        Assert.Null(rig.Desk.Leases.Holder);
        Assert.False(rig.Desk.Leases.Feed(rig.Lease));
        Assert.True(rig.Desk.Leases.TryAcquire("other", out var lease));
        Assert.True(rig.Desk.Leases.TryAcquire("person", out var newer, MotionPriority.Person));
        Assert.True(newer.Fence > lease.Fence);
        rig.Desk.Leases.Release(newer);
        Assert.Null(rig.Desk.Leases.Holder);
    }

    [Fact]
    public void A_released_lease_ends_its_goal()
    {
        var rig = UnderWay();

        rig.Desk.Leases.Release(rig.Lease);
        rig.Run(2);

        Assert.Equal((MotionState.Blocked, MotionCause.Lease), (rig.Desk.Snapshot.State, rig.Desk.Snapshot.Cause));
        Assert.Equal(0, rig.World.State.Speed, 1e-3);
    }

    [Fact]
    public void A_body_that_does_not_answer_is_braked_and_the_goal_given_up()
    {
        var rig = UnderWay();
        var brakes = rig.Body.Brakes;

        rig.World.Faults.BodySilent = true;
        rig.Run(2);

        Assert.Equal((MotionState.Faulted, MotionCause.Body), (rig.Desk.Snapshot.State, rig.Desk.Snapshot.Cause));
        Assert.True(rig.Body.Brakes >= brakes + 100);
        Assert.Equal(0, rig.World.State.Speed, 1e-3);

        rig.World.Faults.BodySilent = false;
        Assert.Equal(MotionState.Done, rig.Finish(MotionGoal.Drive(1)).State);
    }

    [Fact]
    public void A_body_that_takes_no_setpoints_is_given_up_as_well()
    {
        var rig = UnderWay();

        rig.Body.RefusesToDrive = true;
        rig.Run(1);

        Assert.Equal((MotionState.Faulted, MotionCause.Body), (rig.Desk.Snapshot.State, rig.Desk.Snapshot.Cause));
        Assert.Equal(0, rig.World.State.Speed, 1e-3);
    }

    [Fact]
    public void A_single_missed_reading_brakes_but_does_not_end_the_goal()
    {
        var rig = UnderWay();

        rig.World.Faults.BodySilent = true;
        rig.Step();
        Assert.Equal(MotionCause.Body, rig.Desk.Snapshot.Limited);
        rig.World.Faults.BodySilent = false;
        rig.Run(20);

        Assert.Equal(MotionState.Done, rig.Desk.Snapshot.State);
        Assert.Equal(14, rig.World.TruePose.X, 0.1);
    }

    [Fact]
    public void An_exception_in_a_tick_latches_brakes_and_is_kept_until_it_is_cleared()
    {
        var rig = UnderWay();
        var trouble = new InvalidOperationException("the bus is on fire");

        rig.Body.Trouble = trouble;
        rig.Step();
        rig.Body.Trouble = null;
        rig.Run(1);

        Assert.Equal(trouble.Message, rig.Desk.Fault);
        Assert.Equal((MotionState.Faulted, MotionCause.Fault), (rig.Desk.Snapshot.State, rig.Desk.Snapshot.Cause));
        Assert.Equal(0, rig.World.State.Speed, 1e-3);
        rig.Submit(MotionGoal.Drive(1));
        rig.Run(1);
        Assert.Equal(MotionCause.Fault, rig.Desk.Snapshot.Cause);

        rig.Desk.ClearFault();
        Assert.Equal(MotionState.Done, rig.Finish(MotionGoal.Drive(1)).State);
    }

    [Theory]
    [InlineData("encoders")]
    [InlineData("left")]
    [InlineData("right")]
    public void A_wheel_that_does_not_turn_or_count_stops_the_drive(string fault)
    {
        var rig = UnderWay();
        var from = rig.World.TruePose;

        rig.World.Faults.EncodersFrozen = fault == "encoders";
        rig.World.Faults.LeftWheelStuck = fault == "left";
        rig.World.Faults.RightWheelStuck = fault == "right";
        rig.Run(4);

        Assert.Equal((MotionState.Blocked, MotionCause.Wheel), (rig.Desk.Snapshot.State, rig.Desk.Snapshot.Cause));
        Assert.InRange(from.DistanceTo(rig.World.TruePose), 0, 1.6);
        Assert.Equal(0, rig.World.State.Speed, 1e-3);
    }

    [Fact]
    public void Without_range_readings_nobody_drives_ahead_but_turning_goes_on()
    {
        var rig = UnderWay();
        rig.World.Faults.RangeFinderLost = true;
        rig.Run(4);
        Assert.Equal((MotionState.Blocked, MotionCause.RangeFinder), (rig.Desk.Snapshot.State, rig.Desk.Snapshot.Cause));
        Assert.Equal(0, rig.World.State.Speed, 1e-3);

        Assert.Equal(MotionState.Done, rig.Finish(MotionGoal.Turn(Math.PI / 2)).State);
        Assert.Equal(MotionState.Blocked, rig.Finish(MotionGoal.Drive(1)).State);
    }

    [Fact]
    public void Below_the_battery_floor_only_the_way_home_is_open_and_below_the_reserve_none()
    {
        var yard = WorldDescription.Yard();
        var low = new YardRig(yard with { Rover = yard.Rover with { BatteryStart = 0.06 } });
        var refused = low.Finish(MotionGoal.Drive(1));
        Assert.Equal((MotionState.Refused, MotionCause.Battery), (refused.State, refused.Cause));
        Assert.Equal(MotionState.Done, low.Finish(MotionGoal.GoTo(2.5, 8, isHoming: true)).State);

        var empty = new YardRig(yard with { Rover = yard.Rover with { BatteryStart = 0.02 } });
        Assert.Equal(MotionState.Refused, empty.Finish(MotionGoal.GoTo(2.5, 8, isHoming: true)).State);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e9)]
    public void A_goal_whose_numbers_cannot_be_used_is_refused(double distance)
    {
        var rig = new YardRig();
        var end = rig.Finish(MotionGoal.Drive(distance));

        Assert.Equal((MotionState.Refused, MotionCause.Goal), (end.State, end.Cause));
    }

    [Fact]
    public void A_newer_goal_takes_the_place_of_the_one_before_without_a_jerk()
    {
        var rig = UnderWay();
        var turn = rig.Submit(MotionGoal.Turn(Math.PI / 2));
        rig.Run(10);

        Assert.Equal((turn, MotionState.Done), (rig.Desk.Snapshot.GoalId, rig.Desk.Snapshot.State));
    }

    [Fact]
    public void Ticks_allocate_nothing()
    {
        var rig = new YardRig();
        rig.Finish(MotionGoal.Drive(1));
        rig.Finish(MotionGoal.GoTo(7, 9));
        var goals = new[] { MotionGoal.Drive(2), MotionGoal.Turn(1), MotionGoal.GoTo(5, 8, 1), MotionGoal.Drive(50), MotionGoal.Stop() };

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var goal in goals)
        {
            rig.Desk.TrySubmit(rig.Lease, goal, out _);
            for (var i = 0; i < 300; i++)
            {
                rig.World.Step(LoopRig.Period);
                rig.Loop.Tick();
                rig.Clock.Advance(LoopRig.Period);
                rig.Desk.Leases.Feed(rig.Lease);
                _ = rig.Desk.Snapshot;
            }
        }
        rig.Desk.EmergencyStop.Engage(EStopReason.Operator);
        rig.Loop.Tick();
        rig.Desk.EmergencyStop.Release();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static YardRig UnderWay()
    {
        var rig = new YardRig();
        rig.Submit(MotionGoal.Drive(10));
        rig.Run(3.5);
        Assert.Equal(MotionState.Running, rig.Desk.Snapshot.State);
        return rig;
    }
}
