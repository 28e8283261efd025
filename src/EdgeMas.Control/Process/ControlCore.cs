using EdgeMas.Control.Arm;
using EdgeMas.Control.Body;
using EdgeMas.Control.Drives;
using EdgeMas.Control.Flight;
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
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>After a core's last tick, what flew has fallen.</summary>
    private static readonly TimeSpan LongestFall = TimeSpan.FromSeconds(1);

    private readonly SharedMemory<CoreLayout> _memory;
    private readonly CoreLoop _loop;
    private readonly ControlThread _thread;
    private readonly StopWatcher? _watcher;
    private readonly string _path;

    private ControlCore(string path, SharedMemory<CoreLayout> memory, CoreLoop loop, ControlThread thread, StopWatcher? watcher, IReadOnlyList<string> refused) =>
        (_path, _memory, _loop, _thread, _watcher, Refused) = (path, memory, loop, thread, watcher, refused);

    /// <summary>Ends when it is disposed; fails when the control thread could not go on.</summary>
    public Task Completion => _thread.Completion;

    public LatenessReport Lateness => _thread.Lateness;

    /// <summary>The latch that hosts see too. From this process it stops the body on the caller's own thread, where the kind can be stopped between two ticks.</summary>
    public EmergencyStop EmergencyStop => _loop.Stop;

    /// <summary>What the system refused of the real-time options, one line each.</summary>
    public IReadOnlyList<string> Refused { get; }

    /// <summary>Ticks until now. Any thread; allocates nothing.</summary>
    public long Ticks => Volatile.Read(ref _memory.Value.State.Ticks);

    /// <summary>With a body that another process moves, of the kind that the settings tell.</summary>
    /// <param name="bodyPath">The region that a pump of that kind of body made, such as a <see cref="RoverPump"/>.</param>
    /// <inheritdoc cref="StartAsync(CoreSettings, RealtimeOptions, string, Func{IWheeledBody})"/>
    public static Task<ControlCore> StartAsync(CoreSettings settings, RealtimeOptions realtime, string regionPath, string bodyPath) => settings switch
    {
        { Quadrotor: not null } => StartAsync(settings, realtime, regionPath, () => (IQuadrotor)new SharedQuadrotor(bodyPath, TimeProvider.System)),
        { Arm: not null } => StartAsync(settings, realtime, regionPath, () => (IServoArm)new SharedArm(bodyPath, TimeProvider.System)),
        _ => StartAsync(settings, realtime, regionPath, () => (IWheeledBody)new SharedRover(bodyPath, TimeProvider.System)),
    };

    /// <summary>With a body on two wheels.</summary>
    /// <inheritdoc cref="StartAsync(CoreSettings, RealtimeOptions, string, Func{IWheeledBody})"/>
    public static Task<ControlCore> StartAsync(CoreSettings settings, RealtimeOptions realtime, string regionPath, Func<IDifferentialDrive> openBody) =>
        StartAsync(settings, realtime, regionPath, () => (IWheeledBody)new DifferentialBody(openBody()));

    /// <summary>Opens the body, brings it to its safe state, makes or takes over the region that hosts attach to, and begins to tick, at rest until a host comes.</summary>
    /// <param name="regionPath">A file in memory, such as below /dev/shm.</param>
    /// <param name="openBody">Called once no other core runs there. The body is disposed with the core where it can be.</param>
    /// <exception cref="RegionException">A region cannot be used or made, or another core runs there.</exception>
    /// <exception cref="IOException">The body cannot be opened.</exception>
    /// <exception cref="ControlOptionsException">A setting cannot be used.</exception>
    public static Task<ControlCore> StartAsync(CoreSettings settings, RealtimeOptions realtime, string regionPath, Func<IWheeledBody> openBody) =>
        StartAsync(settings, realtime, regionPath, openBody, static body => body.Brake(), (body, memory, _) =>
        {
            var loop = new ControlLoop(body, settings.Envelope, settings.Control, TimeProvider.System, memory);
            return new CoreLoop(loop.Tick, loop.Stop, body.Brake, static () => true, body);
        });

    /// <summary>With a quadrotor, which the settings must be of.</summary>
    /// <inheritdoc cref="StartAsync(CoreSettings, RealtimeOptions, string, Func{IWheeledBody})"/>
    public static Task<ControlCore> StartAsync(CoreSettings settings, RealtimeOptions realtime, string regionPath, Func<IQuadrotor> openBody)
    {
        var quadrotor = settings.Quadrotor ?? throw new ControlOptionsException($"{nameof(CoreSettings)}.{nameof(CoreSettings.Quadrotor)}", "is missing for a quadrotor");
        return StartAsync(settings, realtime, regionPath, openBody, static _ => { }, (body, memory, goesOn) =>
        {
            var loop = new QuadrotorLoop(body, quadrotor.Limits, quadrotor.Options, TimeProvider.System, memory, goesOn);
            return new CoreLoop(loop.Tick, loop.Stop, null, () => loop.IsAtRest, body);
        });
    }

    /// <summary>With an arm, which the settings must be of.</summary>
    /// <inheritdoc cref="StartAsync(CoreSettings, RealtimeOptions, string, Func{IWheeledBody})"/>
    public static Task<ControlCore> StartAsync(CoreSettings settings, RealtimeOptions realtime, string regionPath, Func<IServoArm> openBody)
    {
        var limits = settings.Arm ?? throw new ControlOptionsException($"{nameof(CoreSettings)}.{nameof(CoreSettings.Arm)}", "is missing for an arm");
        return StartAsync(settings, realtime, regionPath, openBody, static body => body.Hold(), (body, memory, _) =>
        {
            var loop = new ArmLoop(body, limits, TimeProvider.System, memory);
            return new CoreLoop(loop.Tick, loop.Stop, body.Halt, static () => true, body);
        });
    }

    /// <param name="rest">Before anything else; not for a body that may be in the air, whose loop decides.</param>
    /// <param name="make">Told whether a core under the same settings ticked there a moment ago.</param>
    private static async Task<ControlCore> StartAsync<TBody>(
        CoreSettings settings, RealtimeOptions realtime, string regionPath, Func<TBody> openBody, Action<TBody> rest, Func<TBody, SharedMemory<CoreLayout>, bool, CoreLoop> make)
        where TBody : class
    {
        settings.Check();
        realtime.Check();
        var before = TakeOver(regionPath);
        var body = openBody();
        rest(body);
        var memory = before ?? SharedMemory<CoreLayout>.Create(regionPath);
        var goesOn = before is not null && GoesOn(ref before.Value, settings);
        Begin(ref memory.Value, settings, isNew: before is null);

        var loop = make(body, memory, goesOn);
        List<string> refused = [];
        if (realtime.LockMemory && RealtimeThread.LockMemory() is { } line)
            refused.Add(line);
        var watcher = loop.Halt is { } halt ? new StopWatcher(memory, halt, realtime.Priority == 0 ? 0 : realtime.Priority + 1) : null;
        var thread = new ControlThread(memory, loop.Tick, loop.Stop, TimeSpan.FromSeconds(1.0 / settings.RateHz), realtime);
        thread.Start();
        refused.AddRange(await thread.Refused);
        return new ControlCore(regionPath, memory, loop, thread, watcher, refused);
    }

    /// <summary>Tells hosts what does not work of the body. One thread at a time.</summary>
    /// <param name="troubles">One line each; what does not fit is cut.</param>
    public void Tell(IReadOnlyList<string> troubles) => _memory.Value.State.Troubles.Write(new BodyTroubles(troubles));

    /// <summary>Engages the emergency stop and waits until the body needs no loop any more: what flies lands. To be called before the end.</summary>
    /// <returns>False when it has not come to rest within the limit.</returns>
    public async Task<bool> ComeToRestAsync(TimeSpan limit)
    {
        var began = TimeProvider.System.GetTimestamp();
        _loop.Stop.Engage(EStopReason.Shutdown);
        while (!_loop.IsAtRest())
        {
            if (Completion.IsCompleted || TimeProvider.System.GetElapsedTime(began) > limit)
                return false;
            await Task.Delay(Look, TimeProvider.System);
        }
        return true;
    }

    /// <summary>Stops for good. The region goes too, unless somebody's emergency stop is latched in it, which a later core takes over.</summary>
    public void Dispose()
    {
        _thread.Dispose();
        _watcher?.Dispose();
        if (_memory.Value.Stop.Reason == (int)EStopReason.Shutdown)
            File.Delete(_path);
        RealtimeThread.UnlockMemory(); // the runtime cannot give back mapped memory that is locked
        (_loop.Body as IDisposable)?.Dispose();
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

    private static bool GoesOn(ref CoreLayout region, CoreSettings settings)
    {
        var silence = AbsoluteSleeper.Now() - region.State.LastTickAt;
        return region.Header.Settings == settings.Fingerprint && region.Stop.Reason != (int)EStopReason.Shutdown && silence >= 0 && silence < LongestFall.TotalNanoseconds;
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
        region.State.IsHostLate = 0;
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
