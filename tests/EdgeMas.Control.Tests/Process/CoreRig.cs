using System.Diagnostics;
using EdgeMas.Control.Body;
using EdgeMas.Control.Desk;
using EdgeMas.Control.Envelope;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Native;
using EdgeMas.Control.Pacing;
using EdgeMas.Control.Process;
using EdgeMas.Core.Motion;
using EdgeMas.Simulation.Clock;
using EdgeMas.Simulation.Description;
using EdgeMas.Simulation.Rover;
using EdgeMas.Simulation.Running;
using EdgeMas.Simulation.World;
using CoreProgram = System.Diagnostics.Process;

namespace EdgeMas.Control.Tests.Process;

/// <summary>A yard in this process in real time, edgemas-control in one of its own, and hosts in more. Nothing of it is left behind.</summary>
internal sealed class CoreRig : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _name = Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"edgemas-test-{Guid.NewGuid():N}");
    private readonly SimulationRunner _runner;
    private readonly List<CoreProgram> _hosts = [];
    private CoreProgram _core = null!;

    private CoreRig(TimeSpan hostPatience, DriveKind drive)
    {
        var clock = new VirtualClock();
        var yard = WorldDescription.Yard() with { Geofence = [] };
        World = new YardWorld(yard with { Rover = yard.Rover with { Drive = drive } });
        Body = new BodyPump(BodyPath, new SimulatedBody(World, clock), TimeProvider.System);
        _runner = new SimulationRunner(World, clock, Body.Step);
        Settings = new CoreSettings
        {
            RateHz = 200,
            Envelope = new EnvelopeOptions { HostPatience = hostPatience, ReadingPatience = TimeSpan.FromSeconds(1), BodyPatience = TimeSpan.FromSeconds(2) },
            Control = new ControlOptions { StartPose = World.TruePose, CalibrationTicks = 10 },
        };
    }

    private static string Program => Environment.GetEnvironmentVariable("EDGEMAS_CONTROL") ?? Path.Combine(AppContext.BaseDirectory, "edgemas-control");

    internal CoreSettings Settings { get; }

    internal YardWorld World { get; }

    internal BodyPump Body { get; }

    internal string RegionPath => $"{_name}.control";

    internal string BodyPath => $"{_name}.body";

    internal string SettingsPath => $"{_name}.json";

    internal string LogPath => $"{_name}.log";

    /// <param name="hostPatience">100 ms where none is given; longer where a host that this machine starves shall not count as silent.</param>
    internal static async Task<CoreRig> StartAsync(TimeSpan? hostPatience = null, DriveKind drive = DriveKind.Differential)
    {
        var rig = new CoreRig(hostPatience ?? TimeSpan.FromMilliseconds(100), drive);
        await rig.StartCoreAsync();
        rig._runner.Start();
        return rig;
    }

    internal async Task StartCoreAsync()
    {
        _core = CoreProcess.Start(Program, Settings, new RealtimeOptions { LockMemory = false }, RegionPath, BodyPath, SettingsPath, LogPath);
        await UntilAsync(() => _core.HasExited || CoreProcess.IsRunning(RegionPath), "the core ticks");
        Assert.False(_core.HasExited, File.Exists(LogPath) ? File.ReadAllText(LogPath) : "no log");
    }

    internal CoreProgram StartHost()
    {
        var host = CoreProgram.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "driving-host"), [RegionPath, SettingsPath])
        {
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_EnableDiagnostics"] = "0" }, // one that is killed would leave its debugging pipes behind
        })!;
        _hosts.Add(host);
        return host;
    }

    internal Task DrivesAsync() => UntilAsync(() => Math.Abs(World.State.Speed) > 0.2, "the rover drives");

    /// <summary>Wheels that are held at 0, not braked, come to rest by halves: never quite.</summary>
    internal Task StandsAsync() => UntilAsync(() => World.State is { Speed: 0, LeftWheelSpeed: > -1e-6 and < 1e-6, RightWheelSpeed: > -1e-6 and < 1e-6 }, "the rover stands");

    /// <summary>For a host that keeps the core alive: it takes over the one that runs.</summary>
    internal CoreLaunch Launch => new(Program, Settings, new RealtimeOptions { LockMemory = false }, RegionPath, BodyPath, SettingsPath, LogPath);

    internal MotionDesk Attach() => MotionDesk.Attach(RegionPath, Settings);

    internal static void Signal(CoreProgram process, int signal) => Assert.Equal(0, LibcProcess.kill(process.Id, signal));

    internal void Signal(int signal) => Signal(_core, signal);

    internal async Task CoreEndsAsync() => await _core.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TimeProvider.System);

    internal int CoreExitCode => _core.ExitCode;

    internal static async Task UntilAsync(Func<bool> condition, string what)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
                Assert.Fail($"it did not come true within {Patience.TotalSeconds} s: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _hosts.Append(_core))
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
        _runner.Dispose();
        await _runner.Completion;
        Body.Dispose();
        foreach (var path in new[] { RegionPath, BodyPath, SettingsPath, LogPath })
            File.Delete(path);
    }
}
