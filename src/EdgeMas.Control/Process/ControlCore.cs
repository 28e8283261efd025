using EdgeMas.Control.Body;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Native;
using EdgeMas.Control.Pacing;
using EdgeMas.Control.Sharing;
using EdgeMas.Control.Stopping;

namespace EdgeMas.Control.Process;

/// <summary>
/// The safety core as a process of its own: control loop, envelope, watchdogs and emergency stop between a body and whichever host is alive. Everything is allocated at
/// its start.
/// </summary>
public sealed class ControlCore : IDisposable
{
    private readonly SharedMemory<CoreLayout> _memory;
    private readonly SharedMemory<BodyLayout> _body;
    private readonly ControlThread _thread;
    private readonly StopWatcher _watcher;

    private readonly string _path;

    private ControlCore(string path, SharedMemory<CoreLayout> memory, SharedMemory<BodyLayout> body, ControlThread thread, StopWatcher watcher) =>
        (_path, _memory, _body, _thread, _watcher) = (path, memory, body, thread, watcher);

    /// <summary>Ends when it is disposed; fails when the control thread could not go on.</summary>
    public Task Completion => _thread.Completion;

    public LatenessReport Lateness => _thread.Lateness;

    /// <summary>Opens the body, makes the region that hosts attach to, and begins to tick, braked until a host comes.</summary>
    /// <param name="regionPath">A file in memory, such as below /dev/shm.</param>
    /// <param name="bodyPath">The region that a <see cref="BodyPump"/> made.</param>
    /// <param name="refused">Told what the system refused, one line each.</param>
    /// <exception cref="RegionException">A region cannot be used or made, or another core runs there.</exception>
    /// <exception cref="ControlOptionsException">A setting cannot be used.</exception>
    public static async Task<ControlCore> StartAsync(CoreSettings settings, RealtimeOptions realtime, string regionPath, string bodyPath, Action<string> refused)
    {
        settings.Check();
        realtime.Check();
        var stopped = StopOf(regionPath);
        var body = SharedMemory<BodyLayout>.Open(bodyPath);
        var memory = SharedMemory<CoreLayout>.Create(regionPath);
        memory.Value.Header.CorePid = Environment.ProcessId;
        memory.Value.Header.Settings = settings.Fingerprint;
        memory.Value.Hosts[0].Session = -1; // no host is there yet
        memory.Value.Stop.Reason = (int)stopped;

        var drive = new SharedDrive(body, TimeProvider.System);
        drive.Brake();
        var loop = new ControlLoop(drive, settings.Envelope, settings.Control, TimeProvider.System, memory);
        if (realtime.LockMemory && RealtimeThread.LockMemory() is { } line)
            refused(line);
        var watcher = new StopWatcher(memory, drive, realtime.Priority == 0 ? 0 : realtime.Priority + 1);
        var thread = new ControlThread(loop, TimeSpan.FromSeconds(1.0 / settings.RateHz), realtime);
        thread.Start();
        foreach (var each in await thread.Refused)
            refused(each);
        return new ControlCore(regionPath, memory, body, thread, watcher);
    }

    /// <summary>Brakes for good. The region goes too, unless somebody's emergency stop is latched in it, which a later core takes over.</summary>
    public void Dispose()
    {
        _thread.Dispose();
        _watcher.Dispose();
        if (_memory.Value.Stop.Reason == (int)EStopReason.Shutdown)
            File.Delete(_path);
        RealtimeThread.UnlockMemory(); // the runtime cannot give back mapped memory that is locked
        _memory.Dispose();
        _body.Dispose();
    }

    /// <summary>An emergency stop outlives the core that it stopped; that of a core's own end does not.</summary>
    private static EStopReason StopOf(string path)
    {
        if (!File.Exists(path))
            return EStopReason.None;
        using var before = TryOpen(path);
        if (before is null)
            return EStopReason.None;
        if (CoreProcess.IsTicking(before))
            throw new RegionException(path, $"another core (process {before.Value.Header.CorePid}) runs there: stop it first");
        var reason = (EStopReason)before.Value.Stop.Reason;
        return reason == EStopReason.Shutdown ? EStopReason.None : reason;
    }

    /// <returns>Null for a file that a core of this version did not make; it is replaced.</returns>
    private static SharedMemory<CoreLayout>? TryOpen(string path)
    {
        try
        {
            return SharedMemory<CoreLayout>.Open(path);
        }
        catch (RegionException)
        {
            return null;
        }
    }
}
