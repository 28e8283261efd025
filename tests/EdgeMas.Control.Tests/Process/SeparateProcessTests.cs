using System.Collections.Concurrent;
using System.Globalization;
using EdgeMas.Control.Desk;
using EdgeMas.Control.Goals;
using EdgeMas.Control.Leases;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Process;
using EdgeMas.Control.Sharing;
using EdgeMas.Control.Stopping;
using static EdgeMas.Control.Tests.Process.ProcessRig;

namespace EdgeMas.Control.Tests.Process;

/// <summary>Real processes: edgemas-control, hosts that are killed, and a yard.</summary>
public sealed class SeparateProcessTests
{
    /// <summary>EDGEMAS_KILLS sets how often.</summary>
    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("EDGEMAS_KILLS"), CultureInfo.InvariantCulture, out var kills) ? kills : 20;

    [Fact]
    public async Task A_host_killed_at_any_moment_leaves_the_rover_standing_and_the_next_one_takes_over()
    {
        await using var rig = await CoreRig.StartAsync();
        using var sight = new CoreSight(rig.RegionPath);
        var random = new Random(7);
        var period = TimeSpan.FromSeconds(1.0 / rig.Settings.RateHz);
        for (var kill = 1; kill <= Kills; kill++)
        {
            var host = rig.StartHost();
            if (kill % 4 != 0) // every fourth is killed somewhere in its start
                await rig.DrivesAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 200)), TimeProvider.System);
            CoreRig.Signal(host, SIGKILL);
            await CoreRig.UntilAsync(() => sight.Snapshot.IsHostLate && rig.Body.IsBraked, "the core has braked");
            await rig.StandsAsync();

            Assert.True(
                sight.HostSilence <= rig.Settings.Envelope.HostPatience + (2 * period) + sight.WorstLateness,
                $"kill {kill}: braked after {sight.HostSilence.TotalMilliseconds} ms of silence, worst lateness of the loop {sight.WorstLateness.TotalMilliseconds} ms");
        }
        rig.StartHost();
        await rig.DrivesAsync();
        Assert.InRange(sight.Session, (Kills - (Kills / 4)) + 1, Kills + 1); // each that had come so far was another one
        Assert.Equal(0, sight.AllocatedBytes);
    }

    [Fact]
    public async Task A_host_that_was_stopped_and_replaced_moves_nothing_when_it_goes_on()
    {
        await using var rig = await CoreRig.StartAsync();
        var first = rig.StartHost();
        await rig.DrivesAsync();
        CoreRig.Signal(first, SIGSTOP);
        await rig.StandsAsync();

        var second = rig.StartHost();
        await rig.DrivesAsync();
        Assert.Equal("session 2", await second.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        CoreRig.Signal(first, SIGCONT);

        Assert.Equal("session 1", await first.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Equal("replaced", await first.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        await rig.DrivesAsync();
        Assert.False(second.HasExited);
    }

    [Fact]
    public async Task A_host_that_was_stopped_for_a_while_finds_the_rover_standing_and_drives_on()
    {
        await using var rig = await CoreRig.StartAsync();
        using var sight = new CoreSight(rig.RegionPath);
        var host = rig.StartHost();
        await rig.DrivesAsync();
        CoreRig.Signal(host, SIGSTOP);
        await rig.StandsAsync();
        Assert.Equal((MotionState.Blocked, MotionCause.Host), (sight.Snapshot.State, sight.Snapshot.Cause));

        CoreRig.Signal(host, SIGCONT);
        await rig.DrivesAsync();
        Assert.Equal(1, sight.Session);
    }

    [Fact]
    public async Task The_emergency_stop_outlives_the_host_that_engaged_it_and_the_core_as_well()
    {
        await using var rig = await CoreRig.StartAsync();
        rig.StartHost();
        await rig.DrivesAsync();
        using (var sight = new CoreSight(rig.RegionPath))
        {
            var seen = rig.Body.Brakes;
            sight.EmergencyStop.Engage(EStopReason.Operator);
            Assert.True(rig.Body.WaitForBrake(seen, TimeSpan.FromSeconds(30)));
            await rig.StandsAsync();
        }
        rig.Signal(SIGKILL);
        await rig.CoreEndsAsync();
        await rig.StartCoreAsync();

        using var desk = rig.Attach();
        using var heartbeat = new Heartbeat(desk);
        Assert.Equal(EStopReason.Operator, desk.EmergencyStop.Reason);
        Assert.True(desk.Leases.TryAcquire("person", out var lease));
        Assert.True(desk.TrySubmit(lease, MotionGoal.Turn(1), out var goal));
        await CoreRig.UntilAsync(() => desk.Snapshot.GoalId == goal && desk.Snapshot.State == MotionState.EStopped, "the stop holds");

        desk.EmergencyStop.Release();
        Assert.True(desk.TrySubmit(lease, MotionGoal.Turn(1), out goal));
        await CoreRig.UntilAsync(
            () =>
            {
                desk.Leases.Feed(lease);
                return desk.Snapshot.GoalId == goal && desk.Snapshot.State == MotionState.Done;
            },
            "after the release it turns");
    }

    [Fact]
    public async Task A_core_that_is_asked_to_end_brakes_and_leaves_no_region()
    {
        await using var rig = await CoreRig.StartAsync();
        rig.StartHost();
        await rig.DrivesAsync();
        rig.Signal(SIGTERM);
        await rig.CoreEndsAsync();

        Assert.Equal(0, rig.CoreExitCode);
        Assert.True(rig.Body.IsBraked);
        Assert.False(File.Exists(rig.RegionPath));
        await rig.StandsAsync();
    }

    [Fact]
    public async Task A_core_that_was_killed_leaves_a_body_that_stops_by_itself_and_an_error_that_says_so()
    {
        await using var rig = await CoreRig.StartAsync();
        rig.StartHost();
        await rig.DrivesAsync();
        rig.Signal(SIGKILL);
        await rig.CoreEndsAsync();

        await rig.StandsAsync();
        Assert.Contains("does not run any more", Assert.Throws<RegionException>(rig.Attach).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SIGKILL, "died")]
    [InlineData(SIGSTOP, "did not tick any more and was killed")]
    public async Task A_core_that_dies_or_hangs_is_told_claims_no_motion_and_is_replaced_by_one_that_stands_until_it_is_asked(int signal, string word)
    {
        await using var rig = await CoreRig.StartAsync(hostPatience: TimeSpan.FromSeconds(3));
        var said = new ConcurrentQueue<string>();
        using var keeper = CoreKeeper.Start(rig.Launch, MotionDesk.Attach, said.Enqueue, out var desk);
        var lease = await DriveAsync(rig, desk);
        var (session, core) = (desk.Session, desk.Figures.ProcessId);
        rig.Signal(signal);
        await CoreRig.UntilAsync(() => keeper.Restarts == 1, "the core is replaced");

        Assert.StartsWith($"control: edgemas-control (process {core}) {word}", said.First(), StringComparison.Ordinal);
        Assert.Contains(keeper.Troubles, trouble => trouble.Contains("braked first", StringComparison.Ordinal));
        Assert.False(desk.Snapshot.IsMoving);
        Assert.False(desk.Leases.Feed(lease));
        Assert.NotEqual((session, core), (desk.Session, desk.Figures.ProcessId));
        await rig.StandsAsync();

        await DriveAsync(rig, desk);
    }

    [Fact]
    public async Task A_core_has_no_door_for_debuggers_and_leaves_none_behind()
    {
        var began = DateTime.UtcNow; // processes that had its number before may have left theirs
        await using var rig = await CoreRig.StartAsync();
        using var sight = new CoreSight(rig.RegionPath);

        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(Path.GetTempPath(), $"dotnet-diagnostic-{sight.ProcessId}-*"), path => File.GetLastWriteTimeUtc(path) >= began);
    }

    [Fact]
    public async Task A_core_of_another_build_is_told_and_not_left_running()
    {
        await using var rig = await CoreRig.StartAsync();
        rig.Signal(SIGTERM);
        await rig.CoreEndsAsync();
        var other = rig.SettingsPath + ".sh"; // reads what this program writes otherwise than it is meant
        await File.WriteAllTextAsync(other, $"#!/bin/sh\nsed -i 's/\"RateHz\": 200/\"RateHz\": 100/' '{rig.SettingsPath}'\nexec '{rig.Launch.Program}' \"$@\"\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(other, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            var error = Assert.Throws<IOException>(() => CoreKeeper.Start<MotionDesk>(rig.Launch with { Program = other }, MotionDesk.Attach, static _ => { }, out _));

            Assert.Contains("of another build", error.Message, StringComparison.Ordinal);
            Assert.False(File.Exists(rig.RegionPath)); // a core that ends takes it along
        }
        finally
        {
            File.Delete(other);
        }
    }

    private static async Task<MotionLease> DriveAsync(CoreRig rig, MotionDesk desk)
    {
        var lease = default(MotionLease);
        await CoreRig.UntilAsync(
            () =>
            {
                if (!desk.Leases.Feed(lease) && !desk.Leases.TryAcquire("person", out lease))
                    return false;
                if (!desk.Snapshot.IsMoving) // a machine that starved this thread has ended the one before
                    desk.TrySubmit(lease, MotionGoal.Drive(1.5), out _);
                return desk.Snapshot.IsMoving && Math.Abs(rig.World.State.Speed) > 0.2;
            },
            "the rover drives");
        return lease;
    }

    [Fact]
    public async Task One_host_at_a_time_under_the_settings_that_the_core_runs_under()
    {
        await using var rig = await CoreRig.StartAsync(hostPatience: TimeSpan.FromSeconds(3));
        rig.StartHost();
        await rig.DrivesAsync();

        Assert.Contains("has the base", Assert.Throws<RegionException>(rig.Attach).Message, StringComparison.Ordinal);
        var other = rig.Settings with { Envelope = rig.Settings.Envelope with { MaxSpeed = 9 } };
        Assert.Contains("other limits", Assert.Throws<RegionException>(() => MotionDesk.Attach(rig.RegionPath, other)).Message, StringComparison.Ordinal);
    }
}
