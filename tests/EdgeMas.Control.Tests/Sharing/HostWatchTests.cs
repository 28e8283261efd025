using System.Runtime.InteropServices;
using EdgeMas.Control.Goals;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Sharing;

namespace EdgeMas.Control.Tests.Sharing;

/// <summary>The same memory and the same code as between two processes, within one and on a virtual clock; with a host that falls silent, and one that lies.</summary>
public sealed class HostWatchTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    [Fact]
    public void A_host_that_falls_silent_is_braked_within_its_patience_and_two_periods()
    {
        var rig = UnderWay();
        var brakes = rig.Body.Brakes;

        for (var i = 0; i < 20; i++)
            rig.Step();
        Assert.Equal(brakes, rig.Body.Brakes);
        rig.Step();
        rig.Step();

        Assert.True(rig.Body.Brakes > brakes);
        Assert.Equal((MotionState.Blocked, MotionCause.Host, true), (rig.Desk.Snapshot.State, rig.Desk.Snapshot.Cause, rig.Desk.Snapshot.IsHostLate));
    }

    [Fact]
    public void When_the_host_speaks_again_its_old_goal_stays_over_and_a_new_one_is_driven()
    {
        var rig = UnderWay();
        rig.Run(1);
        var stoodAt = rig.World.TruePose;

        Beat(rig, 1);
        Assert.Equal(stoodAt, rig.World.TruePose);
        rig.Submit(MotionGoal.Drive(1));
        Beat(rig, 4);
        Assert.Equal(MotionState.Done, rig.Desk.Snapshot.State);
    }

    [Fact]
    public void A_fed_time_to_come_keeps_no_lease_alive()
    {
        var rig = UnderWay();
        Slot(rig).Fed = rig.Clock.GetTimestamp() + (3600 * rig.Clock.TimestampFrequency);
        rig.FeedsItself = false;
        Beat(rig, 0.1);

        Assert.Equal((MotionState.Blocked, MotionCause.Lease), (rig.Desk.Snapshot.State, rig.Desk.Snapshot.Cause));
    }

    [Fact]
    public void A_goal_that_is_half_written_is_not_taken()
    {
        var rig = UnderWay();
        var before = rig.Desk.Snapshot.GoalId;
        MemoryMarshal.Cast<HostSlot, long>(MemoryMarshal.CreateSpan(ref Slot(rig), 1))[6]++; // the goal's number: odd while it is written
        Beat(rig, 0.5);

        Assert.Equal((before, MotionState.Running), (rig.Desk.Snapshot.GoalId, rig.Desk.Snapshot.State));
    }

    [Fact]
    public void Random_bytes_from_a_host_move_nothing_beyond_the_limits_and_break_no_tick()
    {
        var rig = UnderWay();
        var random = new Random(3);
        var geometry = rig.Body.Geometry;
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref Slot(rig), 1));
            random.NextBytes(bytes.Slice(random.Next(bytes.Length - 8), 8));
            rig.FeedsItself = random.Next(2) == 0;
            rig.Step();
            var (speed, turn) = ((rig.Body.Left + rig.Body.Right) / 2 * geometry.WheelRadius, (rig.Body.Right - rig.Body.Left) * geometry.WheelRadius / geometry.TrackWidth);
            Assert.InRange(speed, -rig.Limits.MaxReverseSpeed - 1e-9, rig.Limits.MaxSpeed + 1e-9);
            Assert.InRange(turn, -rig.Limits.MaxTurnRate - 1e-9, rig.Limits.MaxTurnRate + 1e-9);
        }
        Assert.Null(rig.Desk.Fault);
    }

    private static ref HostSlot Slot(YardRig rig) => ref rig.Loop.Memory.Value.Hosts[0];

    private static YardRig UnderWay()
    {
        var rig = new YardRig(limits: limits => limits with { HostPatience = Patience });
        rig.Submit(MotionGoal.Drive(10));
        Beat(rig, 3.5);
        Assert.Equal(MotionState.Running, rig.Desk.Snapshot.State);
        return rig;
    }

    private static void Beat(YardRig rig, double seconds)
    {
        for (var i = 0; i < seconds * 100; i++)
        {
            rig.Desk.Beat();
            rig.Step();
        }
    }
}
