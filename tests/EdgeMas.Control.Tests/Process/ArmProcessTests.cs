using System.Collections.Concurrent;
using EdgeMas.Control.Arm;
using EdgeMas.Control.Desk;
using EdgeMas.Control.Leases;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Process;
using EdgeMas.Control.Stopping;
using EdgeMas.Control.Vehicles;
using EdgeMas.Core.Motion;
using static EdgeMas.Control.Tests.Process.ProcessRig;

namespace EdgeMas.Control.Tests.Process;

/// <summary>Real processes: edgemas-control that moves an arm, and hosts that are killed.</summary>
public sealed class ArmProcessTests
{
    private const int Kills = 6;

    [Fact]
    public async Task A_host_killed_at_any_moment_leaves_the_arm_holding_and_the_next_one_takes_it_over()
    {
        await using var rig = await ArmCoreRig.StartAsync();
        using var sight = new CoreSight(rig.RegionPath);
        var random = new Random(7);
        var period = TimeSpan.FromSeconds(1.0 / rig.Settings.RateHz);
        for (var kill = 1; kill <= Kills; kill++)
        {
            var host = rig.StartHost();
            await rig.MovesAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 300)), TimeProvider.System);
            ProcessRig.Signal(host, SIGKILL);
            await ProcessRig.UntilAsync(() => sight.IsHostLate && Now(sight).State != MotionState.Running, "the core ends the motion");
            await rig.StandsAsync();

            Assert.True(
                sight.HostSilence <= rig.Settings.Arm!.Vehicle.HostPatience + (2 * period) + sight.WorstLateness,
                $"kill {kill}: ended after {sight.HostSilence.TotalMilliseconds} ms of silence, worst lateness of the loop {sight.WorstLateness.TotalMilliseconds} ms");
        }
        rig.StartHost();
        await rig.MovesAsync();
        Assert.Equal(Kills + 1, sight.Session);
        Assert.Equal(0, sight.AllocatedBytes);
    }

    [Fact]
    public async Task A_host_that_was_stopped_for_a_while_finds_the_arm_holding_and_moves_on()
    {
        await using var rig = await ArmCoreRig.StartAsync();
        using var sight = new CoreSight(rig.RegionPath);
        var host = rig.StartHost();
        await rig.MovesAsync();
        ProcessRig.Signal(host, SIGSTOP);
        await rig.StandsAsync();
        Assert.True(Now(sight) is { State: MotionState.Blocked, Cause: MotionCause.Host } or { State: MotionState.Done }, $"{Now(sight)}"); // it may have been between two motions

        ProcessRig.Signal(host, SIGCONT);
        await rig.MovesAsync();
        Assert.Equal(1, sight.Session);
    }

    [Fact]
    public async Task An_emergency_stop_from_another_process_halts_it_while_its_host_is_stopped_and_outlives_host_and_core()
    {
        await using var rig = await ArmCoreRig.StartAsync(TimeSpan.FromSeconds(3));
        using (var sight = new CoreSight(rig.RegionPath))
        {
            var host = rig.StartHost();
            await rig.MovesAsync();
            ProcessRig.Signal(host, SIGSTOP);
            sight.EmergencyStop.Engage(EStopReason.Operator);
            await rig.StandsAsync();
            Assert.True(Now(sight).EStop);
            ProcessRig.Signal(host, SIGKILL);
        }
        rig.Signal(SIGKILL);
        await rig.CoreEndsAsync();
        await rig.StartCoreAsync();

        using var desk = rig.Attach();
        using var heartbeat = new Heartbeat(desk);
        Assert.Equal(EStopReason.Operator, desk.EmergencyStop.Reason);
        Assert.True(desk.Leases.TryAcquire("person", out var lease));
        Assert.True(desk.TrySubmit(lease, ArmGoal.Move(JointVector.Of(-0.5, 1, -1, -1)), out var goal));
        await ProcessRig.UntilAsync(() => desk.Snapshot.GoalId == goal && desk.Snapshot.State == MotionState.EStopped, "the stop holds");

        desk.EmergencyStop.Release();
        Assert.True(desk.TrySubmit(lease, ArmGoal.Move(JointVector.Of(-0.5, 1, -1, -1)), out goal));
        await ProcessRig.UntilAsync(() => desk.Leases.Feed(lease) && desk.Snapshot.GoalId == goal && desk.Snapshot.State == MotionState.Done, "after the release it moves");
        Assert.Equal(-0.5, rig.World.TrueAngles[0], 0.03);
    }

    [Fact]
    public async Task A_core_that_is_asked_to_end_leaves_an_arm_that_stands_and_no_region()
    {
        await using var rig = await ArmCoreRig.StartAsync();
        rig.StartHost();
        await rig.MovesAsync();
        rig.Signal(SIGTERM);
        await rig.CoreEndsAsync();

        Assert.Equal(0, rig.CoreExitCode);
        Assert.False(File.Exists(rig.RegionPath));
        await rig.StandsAsync();
    }

    [Theory]
    [InlineData(SIGKILL, "died")]
    [InlineData(SIGSTOP, "did not tick any more and was killed")]
    public async Task A_core_that_dies_or_hangs_is_told_claims_no_motion_and_is_replaced_by_one_that_holds_until_it_is_asked(int signal, string word)
    {
        await using var rig = await ArmCoreRig.StartAsync(TimeSpan.FromSeconds(3));
        var said = new ConcurrentQueue<string>();
        using var keeper = CoreKeeper.Start(rig.Launch, ArmDesk.Attach, said.Enqueue, out var desk);
        var lease = await MoveAsync(rig, desk, 1);
        var (session, core) = (desk.Session, desk.Figures.ProcessId);
        rig.Signal(signal);
        await ProcessRig.UntilAsync(() => keeper.Restarts == 1, "the core is replaced");

        Assert.StartsWith($"control: edgemas-control (process {core}) {word}", said.First(), StringComparison.Ordinal);
        Assert.False(desk.Snapshot.IsMoving);
        Assert.False(desk.Leases.Feed(lease));
        Assert.NotEqual((session, core), (desk.Session, desk.Figures.ProcessId));
        await rig.StandsAsync();

        await MoveAsync(rig, desk, -1);
    }

    private static VehicleSnapshot<ArmState> Now(CoreSight sight) => sight.Read<VehicleSnapshot<ArmState>>();

    private static async Task<MotionLease> MoveAsync(ArmCoreRig rig, VehicleDesk<ArmGoal, ArmState> desk, double turn)
    {
        var (lease, from) = (default(MotionLease), rig.World.TrueAngles);
        await ProcessRig.UntilAsync(
            () =>
            {
                if (!desk.Leases.Feed(lease) && !desk.Leases.TryAcquire("person", out lease))
                    return false;
                if (!desk.Snapshot.IsMoving) // a machine that starved this thread has ended the one before
                    desk.TrySubmit(lease, ArmGoal.Move(JointVector.Of(turn * 2.5, 1, -1, -1)), out _);
                return desk.Snapshot.IsMoving && Math.Abs(rig.World.TrueAngles[0] - from[0]) > 0.2;
            },
            "the arm moves");
        return lease;
    }
}
