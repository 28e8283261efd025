using EdgeMas.Control.Desk;
using EdgeMas.Control.Goals;
using EdgeMas.Control.Loop;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Tests.Process;

/// <summary>A simulated body on other wheels, driven by edgemas-control in a process of its own.</summary>
public sealed class WheeledProcessTests
{
    [Theory]
    [InlineData(DriveKind.Mecanum)]
    [InlineData(DriveKind.Ackermann)]
    public async Task The_core_drives_it_and_stops_it_when_its_host_falls_silent(DriveKind kind)
    {
        await using var rig = await CoreRig.StartAsync(TimeSpan.FromSeconds(1), kind);
        using var desk = rig.Attach();
        var heartbeat = new Heartbeat(desk);
        Assert.True(desk.Leases.TryAcquire("test", out var lease));
        var start = rig.World.TruePose;
        var goal = kind == DriveKind.Mecanum ? MotionGoal.Strafe(1) : MotionGoal.Arc(1.5, 1);
        Assert.True(desk.TrySubmit(lease, goal, out var id));
        await CoreRig.UntilAsync(() => desk.Leases.Feed(lease) && desk.Snapshot is var now && now.GoalId == id && now.State != MotionState.Running, "the goal ends");

        Assert.Equal(MotionState.Done, desk.Snapshot.State);
        if (kind == DriveKind.Mecanum)
            Assert.Equal(start.Y + 1, rig.World.TruePose.Y, 0.05);
        else
            Assert.Equal(1, rig.World.TruePose.Heading, 0.06);

        Assert.True(desk.TrySubmit(lease, kind == DriveKind.Mecanum ? MotionGoal.Strafe(6) : MotionGoal.Drive(10), out _));
        await CoreRig.UntilAsync(() => desk.Leases.Feed(lease) && Math.Abs(rig.World.State.Speed) + Math.Abs(rig.World.State.SideSpeed) > 0.2, "it moves");
        heartbeat.Dispose();

        await CoreRig.UntilAsync(() => desk.Leases.Feed(lease) && desk.Snapshot.IsHostLate, "the core misses its host"); // fed on: the lease's own watchdog is as patient
        await CoreRig.UntilAsync(() => rig.World.State.Wheels.Fastest < 1e-6, "it stands");
        Assert.Equal((MotionState.Blocked, MotionCause.Host), (desk.Snapshot.State, desk.Snapshot.Cause));
    }
}
