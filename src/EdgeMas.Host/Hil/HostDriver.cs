using System.Globalization;
using EdgeMas.Control.Goals;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Process;

namespace EdgeMas.Host.Hil;

/// <summary>
/// A host in a process of its own, to be killed and paused, and the robot's edgemas-control where its file has one. What is told of the state is what the host said last: one
/// that is paused or dead says nothing new.
/// </summary>
/// <param name="file">The robot's configuration.</param>
internal sealed class HostDriver(BenchRover rover, HilBench bench, string file) : IFileDriver
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan CoreEnd = TimeSpan.FromSeconds(10);

    private readonly string _data = Path.Combine(Path.GetTempPath(), $"file-suite-{Environment.ProcessId}");
    private HostProgram? _host;
    private int _given, _core;

    public MotionState State => Told(Host.State, MotionState.Idle);

    public MotionCause Cause => Told(Host.Cause, MotionCause.None);

    public IReadOnlyList<string> Troubles => Host.Troubles;

    /// <summary>Whether the host has another core than when <see cref="Start"/>, <see cref="KillCore"/> or <see cref="PauseCore"/> was called.</summary>
    public bool HasOtherCore => Host.Core != 0 && Host.Core != _core;

    private HostProgram Host => _host ?? throw new HilFailure("there is no host: 'host: start' starts one");

    public void PowerOn()
    {
        Start();
        bench.Until(() => Told(Host).Troubles.All(IsOfTheBoard), () => $"the body is in order: {string.Join("; ", Host.Troubles)}", StartLimit);
        if (Host.Stop == "Line")
            Host.Tell("release"); // gpio-sim lets the button's pull-up win for the moment in which the line is opened
        bench.Until(() => Told(Host).Stop == "None", "no stop is latched");
    }

    public void Begin(in MotionGoal goal)
    {
        Host.Tell(string.Create(CultureInfo.InvariantCulture, $"{(goal.Kind == GoalKind.Turn ? "turn" : "go")} {(goal.Kind == GoalKind.Turn ? goal.Angle : goal.Distance)}"));
        _given++;
        bench.Until(() => Told(Host).Taken == _given, () => $"the control loop has the order; the host says {Host.State}, {Host.Cause}: {string.Join("; ", Host.Troubles)}", bench.Patience);
    }

    public void ReleaseStop()
    {
        Host.Tell("release");
        bench.Until(() => Told(Host).Stop == "None", "the stop is released");
    }

    /// <summary>The host's own affair.</summary>
    public void Feed()
    {
    }

    /// <summary>Starts a host, and waits until it knows its control loop.</summary>
    /// <exception cref="HilFailure">One runs already.</exception>
    public void Start()
    {
        HilBench.True(_host is not { IsAlive: true }, "a host runs already: 'host: kill' comes before 'host: start'");
        _host?.Dispose();
        _host = new HostProgram(file, _data);
        _given = 0;
        bench.Until(() => Told(Host).Core != 0, () => $"the host has a control loop; {string.Join("; ", Host.Said)}", StartLimit);
        _core = Host.Core;
    }

    public void Pause() => Told(Host).Pause();

    public void Continue() => Told(Host).Continue();

    public void Kill() => Told(Host).Kill();

    public void PauseCore() => ProcessSignals.Pause(RememberCore());

    public void ContinueCore() => ProcessSignals.Continue(_core);

    public void KillCore() => ProcessSignals.Kill(RememberCore());

    /// <summary>Leaves neither host nor core, however they are.</summary>
    public void Dispose()
    {
        var core = _host?.Core ?? 0;
        if (core == _host?.ProcessId)
            core = 0;
        _host?.Dispose(); // killed, so that it cannot put another core in this one's place
        _host = null;
        ProcessSignals.Kill(core);
        bench.Until(() => core == 0 || BoardProgram.IsGone(core), () => "the core is gone", CoreEnd); // it may be talking to a chip
        rover.Wired.PressStop(false);
    }

    private int RememberCore()
    {
        HilBench.True(Host.Core != 0 && Host.Core != Host.ProcessId, $"the host has a core of its own; {string.Join("; ", Host.Said)}");
        return _core = Host.Core;
    }

    /// <summary>A host that ended by itself is told at once.</summary>
    private static HostProgram Told(HostProgram host)
    {
        host.Check();
        return host;
    }

    private static T Told<T>(string word, T before)
        where T : struct, Enum => word.Length == 0 ? before : Enum.Parse<T>(word);

    /// <summary>What this board's kernel permits to nobody.</summary>
    private static bool IsOfTheBoard(string trouble) => trouble.StartsWith("control:", StringComparison.Ordinal);
}
