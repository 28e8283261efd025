using System.Diagnostics;
using EdgeMas.Control.Body;
using EdgeMas.Control.Native;
using EdgeMas.Control.Pacing;
using EdgeMas.Control.Process;
using EdgeMas.Simulation.Clock;
using EdgeMas.Simulation.Running;
using CoreProgram = System.Diagnostics.Process;

namespace EdgeMas.Control.Tests.Process;

/// <summary>A simulated body in this process in real time, edgemas-control in one of its own, and hosts in more. Nothing of it is left behind.</summary>
internal abstract class ProcessRig : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _name = Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"edgemas-test-{Guid.NewGuid():N}");
    private readonly List<CoreProgram> _hosts = [];
    private IBodyPump _body = null!;
    private SimulationRunner _runner = null!;
    private CoreProgram _core = null!;

    internal CoreSettings Settings { get; private protected set; } = null!;

    internal string RegionPath => $"{_name}.control";

    internal string BodyPath => $"{_name}.body";

    internal string SettingsPath => $"{_name}.json";

    internal string LogPath => $"{_name}.log";

    /// <summary>For a host that keeps the core alive: it takes over the one that runs.</summary>
    internal CoreLaunch Launch => new(Program, Settings, new RealtimeOptions { LockMemory = false }, RegionPath, BodyPath, SettingsPath, LogPath);

    internal int CoreExitCode => _core.ExitCode;

    internal bool HasCoreExited => _core.HasExited;

    private static string Program => Environment.GetEnvironmentVariable("EDGEMAS_CONTROL") ?? Path.Combine(AppContext.BaseDirectory, "edgemas-control");

    internal const int SIGKILL = 9, SIGTERM = 15, SIGCONT = 18, SIGSTOP = 19;

    internal static void Signal(CoreProgram process, int signal) => Assert.Equal(0, LibcProcess.kill(process.Id, signal));

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

    internal void Signal(int signal) => Signal(_core, signal);

    internal async Task CoreEndsAsync() => await _core.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TimeProvider.System);

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
        _body.Dispose();
        foreach (var path in new[] { RegionPath, BodyPath, SettingsPath, LogPath })
            File.Delete(path);
    }

    /// <summary>Starts the core, then the world.</summary>
    private protected async Task BeginAsync(Action<TimeSpan> world, VirtualClock clock, IBodyPump body, TimeSpan step)
    {
        _body = body;
        _runner = new SimulationRunner(world, clock, body.Step, options: new SimulationOptions { Step = step });
        await StartCoreAsync();
        _runner.Start();
    }
}
