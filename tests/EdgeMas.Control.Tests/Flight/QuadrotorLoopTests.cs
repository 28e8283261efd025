using EdgeMas.Control.Flight;
using EdgeMas.Control.Leases;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Native;
using EdgeMas.Control.Sharing;
using EdgeMas.Control.Stopping;
using EdgeMas.Core.Motion;
using EdgeMas.Simulation.Flight;

namespace EdgeMas.Control.Tests.Flight;

public sealed class QuadrotorLoopTests
{
    [Fact]
    public void It_takes_off_flies_a_square_and_lands_where_it_started()
    {
        var rig = new FlightRig();
        Assert.Equal(MotionState.Done, rig.Finish(FlightGoal.TakeOff(2)).State);
        Vector3D[] corners = [new(10, 8, 2), new(10, 14, 3), new(4, 14, 2), new(4, 8, 2)];
        foreach (var corner in corners)
        {
            var end = rig.Finish(FlightGoal.FlyTo(corner, yaw: Math.PI / 2));
            Assert.Equal(MotionState.Done, end.State);
            Assert.InRange((rig.World.Truth.Position - corner).Length, 0, 0.35);
        }
        Assert.Equal(Math.PI / 2, rig.World.Truth.Attitude.Yaw, 0.1);

        Assert.Equal(MotionState.Done, rig.Finish(FlightGoal.Land()).State);

        var truth = rig.World.Truth;
        Assert.True(truth.IsOnGround);
        Assert.Equal(0, truth.HardLandings);
        Assert.InRange((truth.Position - new Vector3D(4, 8, 0)).Length, 0, 0.5);
        Assert.Equal(FlightMode.Off, rig.Now.Body.Mode);
        Assert.Equal(default, rig.Body.Rotors);
    }

    [Fact]
    public void A_loop_that_follows_one_that_died_in_flight_holds_waits_and_lands()
    {
        var (rig, memory) = UnderWay();
        var cuts = rig.Body.Cuts;
        var next = new QuadrotorLoop(rig.Body, rig.Limits, new FlightOptions { SafeHover = TimeSpan.FromSeconds(1) }, rig.Clock, memory, goesOn: true);

        Step(rig, next, 0.5);
        Assert.Equal(cuts, rig.Body.Cuts);
        Assert.Equal(FlightMode.Waiting, rig.Now.Body.Mode);
        Step(rig, next, 15);
        Assert.Equal(FlightMode.Off, rig.Now.Body.Mode);
        Assert.True(rig.World.Truth.IsOnGround);
        Assert.Equal(0, rig.World.Truth.HardLandings);
    }

    [Fact]
    public void A_loop_that_follows_one_of_long_ago_or_one_that_stood_begins_with_its_rotors_off()
    {
        var (rig, memory) = UnderWay();
        var cuts = rig.Body.Cuts;
        Step(rig, new QuadrotorLoop(rig.Body, rig.Limits, new FlightOptions(), rig.Clock, memory, goesOn: false), 0.1);
        Assert.True(rig.Body.Cuts > cuts);
        Assert.Equal(FlightMode.Off, rig.Now.Body.Mode);

        Step(rig, new QuadrotorLoop(rig.Body, rig.Limits, new FlightOptions(), rig.Clock, memory, goesOn: true), 0.1);
        Assert.Equal(FlightMode.Off, rig.Now.Body.Mode);
    }

    /// <summary>A tenth of a second after the loop's last tick.</summary>
    private static (FlightRig Rig, SharedMemory<CoreLayout> Memory) UnderWay()
    {
        var rig = new FlightRig();
        rig.Finish(FlightGoal.TakeOff(4));
        rig.Submit(FlightGoal.FlyTo(new Vector3D(12, 8, 4)));
        rig.Run(2);
        Assert.InRange(rig.Now.Body.Velocity.HorizontalLength, 0.5, 4);
        Step(rig, loop: null, 0.1);
        rig.Loop.Memory.Value.Header.Session++; // as a core begins: the host of before counts no more
        return (rig, rig.Loop.Memory);
    }

    private static void Step(FlightRig rig, QuadrotorLoop? loop, double seconds)
    {
        for (var i = 0; i < seconds / FlightRig.Period.TotalSeconds; i++)
        {
            rig.World.Step(FlightRig.Period);
            loop?.Tick();
            rig.Clock.Advance(FlightRig.Period);
        }
    }

    [Fact]
    public void It_holds_its_place_in_a_gust()
    {
        var rig = new FlightRig(new QuadrotorDescription { GustSigmaMps = 1.5, WindXMps = 3 });
        rig.Finish(FlightGoal.TakeOff(3));
        rig.Run(5);
        var (worst, at) = (0.0, new Vector3D(4, 8, 3));
        rig.EachStep = () => worst = Math.Max(worst, (rig.World.Truth.Position - at).Length);

        rig.World.Faults.GustY = 5; // all at once
        rig.Run(4);
        rig.World.Faults.GustY = 0;
        rig.Run(10);

        Assert.InRange(worst, 0, 1.2);
        Assert.InRange((rig.World.Truth.Position - at).Length, 0, 0.6);
        TestContext.Current.SendDiagnosticMessage($"farthest {worst:0.00} m");
    }

    [Fact]
    public void A_body_that_must_land_is_landed_at_once_where_it_is_and_does_not_take_off_again()
    {
        var rig = new FlightRig();
        rig.Finish(FlightGoal.TakeOff(2));
        rig.Submit(FlightGoal.FlyTo(new Vector3D(20, 8, 2)));
        rig.Run(2);
        rig.Body.MustLand = true;
        rig.Run(0.1);
        Assert.Equal((FlightMode.Landing, MotionState.Faulted, MotionCause.Body), (rig.Now.Body.Mode, rig.Now.State, rig.Now.Cause));
        var at = rig.World.Truth.Position;

        rig.Run(10);

        Assert.Equal(FlightMode.Off, rig.Now.Body.Mode);
        Assert.True(rig.World.Truth.IsOnGround);
        Assert.Equal(0, rig.World.Truth.HardLandings);
        Assert.InRange((rig.World.Truth.Position - at).HorizontalLength, 0, 3);
        var end = rig.Finish(FlightGoal.TakeOff(2));
        Assert.Equal((MotionState.Refused, MotionCause.Body), (end.State, end.Cause));
    }

    [Fact]
    public void When_its_owner_goes_silent_it_hovers_then_lands()
    {
        var rig = new FlightRig(options: new FlightOptions { SafeHover = TimeSpan.FromSeconds(2) });
        rig.Finish(FlightGoal.TakeOff(3));
        var flight = rig.Submit(FlightGoal.FlyTo(new Vector3D(20, 8, 3)));
        rig.Run(2);

        rig.FeedsItself = false;
        var silentAt = rig.Clock.Elapsed;
        rig.RunUntil(() => rig.Now.State != MotionState.Running);
        Assert.InRange((rig.Clock.Elapsed - silentAt).TotalSeconds, 0.9, 1.1); // the watchdog's second
        Assert.Equal((flight, MotionState.Blocked, MotionCause.Watchdog, FlightMode.Waiting), (rig.Now.GoalId, rig.Now.State, rig.Now.Cause, rig.Now.Body.Mode));
        rig.Run(1.8);
        Assert.Equal(FlightMode.Waiting, rig.Now.Body.Mode);
        Assert.InRange(rig.World.Truth.Velocity.Length, 0, 0.5);
        rig.RunUntil(() => rig.Now.Body.Mode == FlightMode.Off);

        Assert.True(rig.World.Truth.IsOnGround);
        Assert.Equal(0, rig.World.Truth.HardLandings);
    }

    [Fact]
    public void A_new_owner_takes_it_over_from_the_safe_state()
    {
        var rig = new FlightRig();
        rig.Finish(FlightGoal.TakeOff(3));
        rig.FeedsItself = false;
        rig.RunUntil(() => rig.Now.Body.Mode == FlightMode.Waiting);

        rig.FeedsItself = true;
        rig.TakeLease("another", MotionPriority.Safety);
        Assert.Equal(MotionState.Done, rig.Finish(FlightGoal.FlyTo(new Vector3D(6, 8, 3))).State);
        Assert.Equal(FlightMode.Flying, rig.Now.Body.Mode);
    }

    [Fact]
    public void An_emergency_stop_lands_at_once_and_releasing_does_not_bring_the_goal_back()
    {
        var rig = new FlightRig();
        rig.Finish(FlightGoal.TakeOff(3));
        rig.Submit(FlightGoal.FlyTo(new Vector3D(20, 8, 3)));
        rig.Run(3);

        rig.Desk.EmergencyStop.Engage(EStopReason.Api);
        rig.Step();
        Assert.Equal((MotionState.EStopped, FlightMode.Landing), (rig.Now.State, rig.Now.Body.Mode));
        rig.Run(0.5);
        rig.Desk.EmergencyStop.Release();
        rig.RunUntil(() => rig.Now.Body.Mode == FlightMode.Off);

        Assert.True(rig.World.Truth.IsOnGround);
        Assert.Equal(0, rig.World.Truth.HardLandings);
        Assert.Equal(MotionState.EStopped, rig.Now.State);
    }

    [Fact]
    public void An_emergency_stop_cuts_the_rotors_where_that_is_the_policy()
    {
        var rig = new FlightRig(options: new FlightOptions { EStop = FlightStop.Cut });
        rig.Finish(FlightGoal.TakeOff(1));

        rig.Desk.EmergencyStop.Engage(EStopReason.Line);
        rig.Step();

        Assert.Equal((default, FlightMode.Off), (rig.Body.Rotors, rig.Now.Body.Mode));
        Assert.Equal(MotionState.EStopped, rig.Finish(FlightGoal.TakeOff(1)).State); // latched
    }

    [Theory] // what anybody may say, or an orderly end, does not let it fall
    [InlineData(EStopReason.Topic)]
    [InlineData(EStopReason.Api)]
    [InlineData(EStopReason.Supervisor)]
    [InlineData(EStopReason.Shutdown)]
    public void Only_a_persons_own_hand_cuts_the_rotors(EStopReason reason)
    {
        var rig = new FlightRig(options: new FlightOptions { EStop = FlightStop.Cut });
        rig.Finish(FlightGoal.TakeOff(1));

        rig.Desk.EmergencyStop.Engage(reason);
        rig.Step();

        Assert.Equal(FlightMode.Landing, rig.Now.Body.Mode);
        rig.RunUntil(() => rig.Now.Body.Mode == FlightMode.Off);
        Assert.Equal(0, rig.World.Truth.HardLandings);
    }

    [Fact]
    public void At_the_batterys_floor_it_lands_and_does_not_take_off_again()
    {
        var rig = new FlightRig(new QuadrotorDescription { BatteryStart = 0.16, BatteryCapacityWh = 20 });
        rig.Finish(FlightGoal.TakeOff(2));
        rig.RunUntil(() => rig.Now.Body.Mode == FlightMode.Landing);
        Assert.Equal(MotionCause.Battery, rig.Now.Forbidden);
        rig.RunUntil(() => rig.Now.Body.Mode == FlightMode.Off);

        Assert.True(rig.World.Truth.IsOnGround);
        Assert.Equal(MotionCause.Battery, rig.Finish(FlightGoal.TakeOff(2)).Cause);
    }

    [Fact]
    public void Goals_outside_the_fence_above_the_ceiling_or_before_take_off_are_refused()
    {
        var rig = new FlightRig();
        Assert.Equal((MotionState.Refused, MotionCause.Goal), Outcome(rig, FlightGoal.FlyTo(new Vector3D(6, 8, 2))));
        Assert.Equal((MotionState.Refused, MotionCause.Geofence), Outcome(rig, FlightGoal.TakeOff(50)));
        Assert.Equal((MotionState.Refused, MotionCause.Goal), Outcome(rig, FlightGoal.TakeOff(double.NaN)));
        rig.Finish(FlightGoal.TakeOff(2));
        Assert.Equal((MotionState.Refused, MotionCause.Geofence), Outcome(rig, FlightGoal.FlyTo(new Vector3D(30, 8, 2))));
        Assert.Equal((MotionState.Refused, MotionCause.Geofence), Outcome(rig, FlightGoal.FlyTo(new Vector3D(6, 8, 0.2))));
        rig.Run(3);
        Assert.InRange((rig.World.Truth.Position - new Vector3D(4, 8, 2)).Length, 0, 0.5); // a refused goal moves nothing
    }

    [Fact]
    public void A_body_that_gives_no_reading_is_cut_after_its_patience()
    {
        var rig = new FlightRig();
        rig.Finish(FlightGoal.TakeOff(1));
        rig.World.Faults.BodySilent = true;
        rig.Run(0.05);
        Assert.Equal(FlightMode.Flying, rig.Now.Body.Mode);
        rig.Run(0.2);

        Assert.Equal((FlightMode.Off, default), (rig.Now.Body.Mode, rig.Body.Rotors));
    }

    [Fact]
    public void A_tick_that_throws_once_ends_in_a_landing_and_one_that_always_throws_in_a_cut()
    {
        var rig = new FlightRig();
        rig.Finish(FlightGoal.TakeOff(2));
        rig.Body.Trouble = new InvalidOperationException("sensor board on fire");
        rig.Step();
        rig.Body.Trouble = null;
        rig.Step();
        Assert.Equal(("sensor board on fire", FlightMode.Landing), (rig.Desk.Fault, rig.Now.Body.Mode));
        rig.RunUntil(() => rig.Now.Body.Mode == FlightMode.Off);
        Assert.Equal(0, rig.World.Truth.HardLandings);

        rig.Desk.ClearFault();
        Assert.Equal(MotionState.Done, rig.Finish(FlightGoal.TakeOff(2)).State);
        rig.Body.Trouble = new InvalidOperationException("again");
        rig.Run(0.1);
        Assert.Equal(FlightMode.Off, rig.Now.Body.Mode);
    }

    [Fact]
    public void A_tick_allocates_nothing_in_any_state()
    {
        var rig = new FlightRig();
        rig.Finish(FlightGoal.TakeOff(2));
        Ticks(rig, 50);
        rig.AllocatedByTicks = 0;

        rig.Submit(FlightGoal.FlyTo(new Vector3D(6, 8, 2)));
        Ticks(rig, 500);
        rig.Submit(FlightGoal.FlyTo(new Vector3D(60, 8, 2)));
        Ticks(rig, 100);
        rig.Desk.EmergencyStop.Engage(EStopReason.Api);
        Ticks(rig, 1500);

        Assert.Equal(0, rig.AllocatedByTicks);

        static void Ticks(FlightRig rig, int count)
        {
            for (var i = 0; i < count; i++)
                rig.Step();
        }
    }

    private static (MotionState State, MotionCause Cause) Outcome(FlightRig rig, in FlightGoal goal)
    {
        var end = rig.Finish(goal);
        return (end.State, end.Cause);
    }
}
