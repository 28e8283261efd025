using EdgeMas.Control.Desk;
using EdgeMas.Control.Native;
using EdgeMas.Control.Sharing;

namespace EdgeMas.Control.Process;

/// <summary>
/// A host's side of a core: takes over one that runs, else starts one, gives signs of life, and sees when it dies or hangs. Then no motion is claimed any more, it is started
/// anew, which brakes the body first, and the base is taken over again. The core ends with the keeper.
/// </summary>
/// <remarks>Between a core's death and the next one's brakes nobody commands the motors: they stay as they were left, which the troubles say.</remarks>
public sealed class CoreKeeper : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    /// <summary>Looks without a tick after which a core that is alive hangs: a second, longer on a computer so busy that the looks come late, too.</summary>
    private const int HangLooks = 100;

    /// <summary>How long a death that was mended is told as a trouble.</summary>
    private static readonly TimeSpan ToldFor = TimeSpan.FromSeconds(60);

    private readonly CoreLaunch _launch;
    private readonly Action<string> _tell;
    private readonly Heartbeat _heartbeat;
    private readonly ManualResetEventSlim _ending = new();
    private readonly Thread _thread;
    private volatile string? _trouble;

    private CoreKeeper(CoreLaunch launch, CoreDesk desk, Action<string> tell)
    {
        (_launch, Desk, _tell) = (launch, desk, tell);
        _heartbeat = new Heartbeat(desk);
        _thread = new Thread(Run) { Name = "core keeper", IsBackground = true };
        _thread.Start();
    }

    /// <summary>The same one for every core that comes.</summary>
    public CoreDesk Desk { get; }

    /// <summary>Of the core and of a body that it drives itself, one line each; empty when all is in order. Any thread.</summary>
    public IReadOnlyList<string> Troubles => _trouble is { } trouble ? [trouble, .. Desk.BodyTroubles] : Desk.BodyTroubles;

    /// <summary>Cores that died or hung since the start, and were replaced. Any thread.</summary>
    public int Restarts { get; private set; }

    /// <param name="attach">Takes a core of this kind of vehicle over, such as <see cref="MotionDesk.Attach"/>.</param>
    /// <param name="tell">Told of a core's death and return, one line each; on a thread of the keeper's own.</param>
    /// <param name="desk">The same one for every core that comes.</param>
    /// <exception cref="IOException">No core can be started, or another host has the vehicle.</exception>
    public static CoreKeeper Start<TDesk>(CoreLaunch launch, Func<string, CoreSettings, TDesk> attach, Action<string> tell, out TDesk desk)
        where TDesk : CoreDesk
    {
        using var never = new ManualResetEventSlim();
        if (!CoreProcess.IsRunning(launch.RegionPath))
            StartCore(launch, never);
        desk = attach(launch.RegionPath, launch.Settings);
        return new CoreKeeper(launch, desk, tell);
    }

    /// <summary>The core brakes its body for good and ends.</summary>
    public void Dispose()
    {
        _ending.Set();
        _thread.Join();
        var core = Desk.Figures.ProcessId;
        CoreProcess.End(core);
        _heartbeat.Dispose();
        using var pause = new ManualResetEventSlim();
        WaitUntilGone(core, pause);
        _ending.Dispose();
    }

    private void Run()
    {
        var (tick, at) = (Desk.Ticks, TimeProvider.System.GetTimestamp());
        var (mended, looks) = (0L, 0);
        var usual = TimeSpan.FromSeconds(2.0 / _launch.Settings.RateHz);
        while (!_ending.Wait(Look))
        {
            var last = Desk.Ticks;
            var now = TimeProvider.System.GetTimestamp();
            if (last != tick)
            {
                (tick, at, looks) = (last, now, 0);
                if (_trouble is not null && TimeProvider.System.GetElapsedTime(mended, now) > ToldFor)
                    _trouble = null;
                continue;
            }
            looks++;
            if (TimeProvider.System.GetElapsedTime(at, now) < usual || (looks < HangLooks && CoreProcess.IsAlive(Desk.Figures.ProcessId, _launch.RegionPath)))
                continue;
            Replace();
            (tick, at, looks) = (Desk.Ticks, TimeProvider.System.GetTimestamp(), 0);
            mended = at;
        }
    }

    private void Replace()
    {
        Desk.LoseCore();
        var core = Desk.Figures.ProcessId;
        var hung = CoreProcess.IsAlive(core, _launch.RegionPath);
        var what = $"control: edgemas-control (process {core}) {(hung ? "did not tick any more and was killed" : "died")}";
        _trouble = $"{what}: until it is back, the motors may be as it left them";
        _tell(_trouble);
        while (!_ending.IsSet)
        {
            try
            {
                StartCore(_launch, _ending);
                if (_ending.IsSet)
                    return;
                Desk.Rejoin();
                Restarts++;
                _trouble = $"{what}; it was started anew as process {Desk.Figures.ProcessId}, which braked first ({Restarts} since this start)";
                _tell(_trouble);
                return;
            }
            catch (IOException error)
            {
                _trouble = $"{what} and does not come back: {error.Message}. The motors may be as it left them: cut their supply";
                _tell(_trouble);
                _ending.Wait(RetryPause);
            }
        }
    }

    private static void StartCore(CoreLaunch launch, ManualResetEventSlim ending)
    {
        KillHung(launch.RegionPath, ending);
        using var process = CoreProcess.Start(launch.Program, launch.Settings, launch.Realtime, launch.RegionPath, launch.BodyPath, launch.SettingsPath, launch.LogPath);
        var began = TimeProvider.System.GetTimestamp();
        try
        {
            while (!ending.IsSet && !CoreProcess.IsRunning(launch.RegionPath))
            {
                if (process.HasExited)
                    throw new IOException($"the control loop's process ended at its start: {(File.Exists(launch.LogPath) ? LastLine(launch.LogPath) : "it said nothing")}");
                if (TimeProvider.System.GetElapsedTime(began) > StartPatience)
                    throw new IOException($"the control loop's process {process.Id} has not ticked within {StartPatience.TotalSeconds:0} s. It said: {(File.Exists(launch.LogPath) ? LastLine(launch.LogPath) : "nothing")}");
                ending.Wait(TimeSpan.FromMilliseconds(5));
            }
            if (!ending.IsSet && !IsOfThisBuild(launch))
                throw new IOException($"{launch.Program} reads its settings otherwise than this program writes them: it is of another build. Build both anew: ./scripts/setup.sh, with what it was given before");
        }
        catch (IOException)
        {
            EndUnknown(process);
            throw;
        }
        if (ending.IsSet)
            EndUnknown(process);
    }

    /// <summary>A core that was built from other sources may take a setting for another, or leave one out.</summary>
    private static bool IsOfThisBuild(CoreLaunch launch)
    {
        using var region = SharedMemory<CoreLayout>.Open(launch.RegionPath);
        return region.Value.Header.Settings == launch.Settings.Fingerprint;
    }

    /// <summary>One that no host has taken over, or will.</summary>
    private static void EndUnknown(System.Diagnostics.Process process)
    {
        if (process.HasExited)
            return;
        CoreProcess.End(process.Id);
        if (!process.WaitForExit(EndPatience))
            process.Kill();
    }

    /// <summary>One that is stopped or stuck holds the pins that the next one needs.</summary>
    private static void KillHung(string regionPath, ManualResetEventSlim ending)
    {
        if (!File.Exists(regionPath))
            return;
        int core;
        using (var region = SharedMemory<CoreLayout>.Open(regionPath))
            core = region.Value.Header.CorePid;
        if (!CoreProcess.IsAlive(core, regionPath))
            return;
        ProcessSignals.Kill(core); // what it drove stays as it is until the next one brakes it
        var began = TimeProvider.System.GetTimestamp();
        while (CoreProcess.IsAlive(core, regionPath) && TimeProvider.System.GetElapsedTime(began) < EndPatience)
            ending.Wait(Look);
    }

    private void WaitUntilGone(int core, ManualResetEventSlim pause)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (CoreProcess.IsAlive(core, _launch.RegionPath) && TimeProvider.System.GetElapsedTime(began) < EndPatience)
            pause.Wait(Look);
    }

    private static string LastLine(string path) => File.ReadLines(path).LastOrDefault(static line => line.Length > 0) ?? "it said nothing";
}
