using EdgeMas.Control.Body;
using EdgeMas.Control.Drives;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Native;
using EdgeMas.Control.Pacing;
using EdgeMas.Control.Sharing;
using EdgeMas.Control.Stopping;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Process;

/// <summary>
/// The safety core as a process of its own: control loop, envelope, watchdogs and emergency stop between a body and whichever host is alive. Everything is allocated at
/// its start.
/// </summary>
public sealed class ControlCore : IDisposable
{
    private readonly SharedMemory<CoreLayout> _memory;
    private readonly IWheeledBody _body;
    private readonly ControlThread _thread;
    private readonly StopWatcher _watcher;

    private readonly string _path;

    private ControlCore(string path, SharedMemory<CoreLayout> memory, IWheeledBody body, ControlThread thread, StopWatcher watcher, EmergencyStop stop, IReadOnlyList<string> refused) =>
        (_path, _memory, _body, _thread, _watcher, EmergencyStop, Refused) = (path, memory, body, thread, watcher, stop, refused);

    /// <summary>Ends when it is disposed; fails when the control thread could not go on.</summary>
    public Task Completion => _thread.Completion;

    public LatenessReport Lateness => _thread.Lateness;

    /// <summary>The latch that hosts see too. From this process it brakes the body on the caller's own thread.</summary>
    public EmergencyStop EmergencyStop { get; }

    /// <summary>What the system refused of the real-time options, one line each.</summary>
    public IReadOnlyList<string> Refused { get; }

    /// <summary>Ticks until now. Any thread; allocates nothing.</summary>
    public long Ticks => _memory.Value.State.Snapshot.TryRead(out var now, out _) ? now.Tick : -1;

    /// <summary>With a body that another process moves.</summary>
    /// <param name="bodyPath">The region that a <see cref="BodyPump"/> made.</param>
    /// <inheritdoc cref="StartAsync(CoreSettings, RealtimeOptions, string, Func{IWheeledBody})"/>
    public static Task<ControlCore> StartAsync(CoreSettings settings, RealtimeOptions realtime, string regionPath, string bodyPath) =>
        StartAsync(settings, realtime, regionPath, () => (IWheeledBody)new SharedDrive(SharedMemory<BodyLayout>.Open(bodyPath), TimeProvider.System));

    /// <summary>With a body on two wheels.</summary>
    /// <inheritdoc cref="StartAsync(CoreSettings, RealtimeOptions, string, Func{IWheeledBody})"/>
    public static Task<ControlCore> StartAsync(CoreSettings settings, RealtimeOptions realtime, string regionPath, Func<IDifferentialDrive> openBody) =>
        StartAsync(settings, realtime, regionPath, () => (IWheeledBody)new DifferentialBody(openBody()));

    /// <summary>Opens the body, brakes it, makes or takes over the region that hosts attach to, and begins to tick, braked until a host comes.</summary>
    /// <param name="regionPath">A file in memory, such as below /dev/shm.</param>
    /// <param name="openBody">Called once no other core runs there. The body is disposed with the core where it can be.</param>
    /// <exception cref="RegionException">A region cannot be used or made, or another core runs there.</exception>
    /// <exception cref="IOException">The body cannot be opened.</exception>
    /// <exception cref="ControlOptionsException">A setting cannot be used.</exception>
    public static async Task<ControlCore> StartAsync(CoreSettings settings, RealtimeOptions realtime, string regionPath, Func<IWheeledBody> openBody)
    {
        settings.Check();
        realtime.Check();
        var before = TakeOver(regionPath);
        var body = openBody();
        body.Brake();
        var memory = before ?? SharedMemory<CoreLayout>.Create(regionPath);
        Begin(ref memory.Value, settings, isNew: before is null);

        var loop = new ControlLoop(body, settings.Envelope, settings.Control, TimeProvider.System, memory);
        List<string> refused = [];
        if (realtime.LockMemory && RealtimeThread.LockMemory() is { } line)
            refused.Add(line);
        var watcher = new StopWatcher(memory, body, realtime.Priority == 0 ? 0 : realtime.Priority + 1);
        var thread = new ControlThread(loop, TimeSpan.FromSeconds(1.0 / settings.RateHz), realtime);
        thread.Start();
        refused.AddRange(await thread.Refused);
        return new ControlCore(regionPath, memory, body, thread, watcher, loop.Stop, refused);
    }

    /// <summary>Tells hosts what does not work of the body. One thread at a time.</summary>
    /// <param name="troubles">One line each; what does not fit is cut.</param>
    public void Tell(IReadOnlyList<string> troubles) => _memory.Value.State.Troubles.Write(new BodyTroubles(troubles));

    /// <summary>Brakes for good. The region goes too, unless somebody's emergency stop is latched in it, which a later core takes over.</summary>
    public void Dispose()
    {
        _thread.Dispose();
        _watcher.Dispose();
        if (_memory.Value.Stop.Reason == (int)EStopReason.Shutdown)
            File.Delete(_path);
        RealtimeThread.UnlockMemory(); // the runtime cannot give back mapped memory that is locked
        (_body as IDisposable)?.Dispose();
        _memory.Dispose();
    }

    /// <returns>What a core that is gone left behind, which hosts may still have open; null for nothing, or for a file that a core of this version did not make: it is replaced.</returns>
    private static SharedMemory<CoreLayout>? TakeOver(string path)
    {
        if (!File.Exists(path) || TryOpen(path) is not { } before)
            return null;
        if (!CoreProcess.IsAlive(before.Value.Header.CorePid, path) || !CoreProcess.IsTicking(before)) // whoever comes to brake does not wait for the dead
            return before;
        var process = before.Value.Header.CorePid;
        before.Dispose();
        throw new RegionException(path, $"another core (process {process}) runs there: stop it first");
    }

    /// <summary>Nobody is host any more. An emergency stop outlives the core that it stopped; that of a core's own end does not.</summary>
    private static void Begin(ref CoreLayout region, CoreSettings settings, bool isNew)
    {
        if (isNew)
            region.Hosts[0].Session = -1;
        else
            Interlocked.Increment(ref region.Header.Session);
        Interlocked.CompareExchange(ref region.Stop.Reason, (int)EStopReason.None, (int)EStopReason.Shutdown);
        region.State.Fault.Write(default);
        region.State.Troubles.Write(default);
        region.State.FirstTickAt = 0;
        region.State.HostSilenceNs = 0;
        region.Lateness = default;
        region.Header.CorePid = Environment.ProcessId;
        region.Header.Settings = settings.Fingerprint;
    }

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
