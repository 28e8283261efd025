using System.Collections.Concurrent;
using EdgeMas.Control.Body;
using EdgeMas.Control.Desk;
using EdgeMas.Control.Flight;
using EdgeMas.Control.Leases;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Process;
using EdgeMas.Control.Sharing;
using EdgeMas.Control.Stopping;
using EdgeMas.Control.Vehicles;
using static EdgeMas.Control.Tests.Process.ProcessRig;

namespace EdgeMas.Control.Tests.Process;

/// <summary>Real processes: edgemas-control that flies a quadrotor, and hosts that are killed.</summary>
public sealed class QuadrotorProcessTests
{
    private const int Kills = 4;

    [Fact]
    public async Task A_host_killed_in_flight_leaves_a_quadrotor_that_holds_and_lands_by_itself_and_the_next_host_takes_it_over()
    {
        await using var rig = await QuadrotorCoreRig.StartAsync();
        using var sight = new CoreSight(rig.RegionPath);
        var random = new Random(7);
        var period = TimeSpan.FromSeconds(1.0 / rig.Settings.RateHz);
        for (var kill = 1; kill <= Kills; kill++)
        {
            var host = rig.StartHost();
            await ProcessRig.UntilAsync(() => sight.Session == kill && Now(sight).State == MotionState.Running, "the host has it"); // the one before may have left it in the air
            await rig.FliesAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 400)), TimeProvider.System);
            ProcessRig.Signal(host, SIGKILL);
            await ProcessRig.UntilAsync(() => sight.IsHostLate && Now(sight).Forbidden == MotionCause.Host && Now(sight).Body.Mode == FlightMode.Waiting, "the core holds");
            var heldAt = Now(sight).Body.Target;

            Assert.True(
                sight.HostSilence <= rig.Settings.Quadrotor!.Limits.Vehicle.HostPatience + (2 * period) + sight.WorstLateness,
                $"kill {kill}: held after {sight.HostSilence.TotalMilliseconds} ms of silence, worst lateness of the loop {sight.WorstLateness.TotalMilliseconds} ms");
            if (kill % 2 == 0)
                continue; // the next host takes it over in the air, or on its way down
            await rig.LandsAsync(sight);
            Assert.InRange((rig.World.Truth.Position - heldAt).HorizontalLength, 0, 1.5);
        }
        rig.StartHost();
        await ProcessRig.UntilAsync(() => sight.Session == Kills + 1 && Now(sight).State == MotionState.Running, "the last host has it");
        await rig.FliesAsync();
        Assert.Equal(0, rig.World.Truth.HardLandings);
        Assert.Equal(0, sight.AllocatedBytes);
    }

    [Fact]
    public async Task A_host_that_was_stopped_for_a_while_finds_it_in_the_air_and_flies_on()
    {
        await using var rig = await QuadrotorCoreRig.StartAsync(safeHover: TimeSpan.FromSeconds(30));
        using var sight = new CoreSight(rig.RegionPath);
        var host = rig.StartHost();
        await rig.FliesAsync();
        ProcessRig.Signal(host, SIGSTOP);
        await ProcessRig.UntilAsync(() => Now(sight).Body is { Mode: FlightMode.Waiting } body && body.Velocity.Length < 0.2, "it holds");
        Assert.Equal((MotionState.Blocked, MotionCause.Host), (Now(sight).State, Now(sight).Cause));
        Assert.False(rig.World.Truth.IsOnGround);

        ProcessRig.Signal(host, SIGCONT);
        await rig.FliesAsync();
        Assert.Equal(1, sight.Session);
    }

    [Fact]
    public async Task An_emergency_stop_from_another_process_lands_it_while_its_host_is_stopped_and_outlives_both()
    {
        await using var rig = await QuadrotorCoreRig.StartAsync(hostPatience: TimeSpan.FromSeconds(3), safeHover: TimeSpan.FromSeconds(60));
        using var sight = new CoreSight(rig.RegionPath);
        var host = rig.StartHost();
        await rig.FliesAsync();
        ProcessRig.Signal(host, SIGSTOP);
        sight.EmergencyStop.Engage(EStopReason.Operator);
        await rig.LandsAsync(sight);

        Assert.Equal(MotionState.EStopped, Now(sight).State);
        Assert.Equal(0, rig.World.Truth.HardLandings);
        ProcessRig.Signal(host, SIGKILL);
        using var desk = rig.Attach();
        using var heartbeat = new Heartbeat(desk);
        Assert.Equal(EStopReason.Operator, desk.EmergencyStop.Reason);
        Assert.True(desk.Leases.TryAcquire("person", out var lease));
        Assert.True(desk.TrySubmit(lease, FlightGoal.TakeOff(2), out var goal));
        await ProcessRig.UntilAsync(() => desk.Snapshot.GoalId == goal && desk.Snapshot.State == MotionState.EStopped, "the stop holds");
        Assert.True(rig.World.Truth.IsOnGround);
    }

    [Fact]
    public async Task A_core_that_is_asked_to_end_in_flight_lands_first()
    {
        await using var rig = await QuadrotorCoreRig.StartAsync();
        rig.StartHost();
        await rig.FliesAsync();
        rig.Signal(SIGTERM);
        await rig.CoreEndsAsync();

        Assert.Equal(0, rig.CoreExitCode);
        Assert.True(rig.World.Truth.IsOnGround);
        Assert.Equal(0, rig.World.Truth.HardLandings);
        Assert.False(File.Exists(rig.RegionPath));
    }

    [Fact]
    public async Task A_core_that_dies_is_told_claims_no_motion_and_is_replaced_by_one_that_brings_it_down()
    {
        await using var rig = await QuadrotorCoreRig.StartAsync(hostPatience: TimeSpan.FromSeconds(3));
        var said = new ConcurrentQueue<string>();
        using var keeper = CoreKeeper.Start(rig.Launch, FlightDesk.Attach, said.Enqueue, out var desk);
        var lease = await TakeOffAsync(rig, desk);
        var (session, core) = (desk.Session, desk.Figures.ProcessId);
        rig.Signal(SIGKILL);
        await ProcessRig.UntilAsync(() => keeper.Restarts == 1, "the core is replaced");

        Assert.StartsWith($"control: edgemas-control (process {core}) died", said.First(), StringComparison.Ordinal);
        Assert.False(desk.Snapshot.IsMoving);
        Assert.False(desk.Leases.Feed(lease));
        Assert.NotEqual((session, core), (desk.Session, desk.Figures.ProcessId));
        await ProcessRig.UntilAsync(() => rig.World.Truth.IsOnGround && desk.Snapshot.Body.Mode == FlightMode.Off, "it is down");

        await TakeOffAsync(rig, desk);
    }

    [Fact]
    public async Task A_body_of_another_kind_and_settings_of_another_kind_are_refused()
    {
        await using var rig = await QuadrotorCoreRig.StartAsync();

        Assert.Contains("body region (WheeledGeometry)", Assert.Throws<RegionException>(() => new SharedRover(rig.BodyPath, TimeProvider.System)).Message, StringComparison.Ordinal);
        Assert.Contains("another kind of vehicle", Assert.Throws<ControlOptionsException>(() => FlightDesk.Attach(rig.RegionPath, new CoreSettings())).Message, StringComparison.Ordinal);
        Assert.Contains("other limits", Assert.Throws<RegionException>(() => MotionDesk.Attach(rig.RegionPath, new CoreSettings())).Message, StringComparison.Ordinal);
    }

    private static VehicleSnapshot<FlightState> Now(CoreSight sight) => sight.Read<VehicleSnapshot<FlightState>>();

    private static async Task<MotionLease> TakeOffAsync(QuadrotorCoreRig rig, VehicleDesk<FlightGoal, FlightState> desk)
    {
        var lease = default(MotionLease);
        await ProcessRig.UntilAsync(
            () =>
            {
                if (!desk.Leases.Feed(lease) && !desk.Leases.TryAcquire("person", out lease))
                    return false;
                if (!desk.Snapshot.IsMoving && desk.Snapshot.Body.Mode == FlightMode.Off) // a machine that starved this thread has ended the one before
                    desk.TrySubmit(lease, FlightGoal.TakeOff(3), out _);
                return desk.Snapshot.IsMoving && rig.World.Truth.Position.Z > 1;
            },
            "it takes off");
        return lease;
    }
}
