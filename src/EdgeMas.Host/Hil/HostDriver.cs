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
        bench.Until(() => Told(Host).Troubles.All(IsOfTheBoard), () => $"the body is in order: {string.Join("; ", Host.Troubles)}", bench.HostPatience);
        if (Host.Stop == "Line")
            Host.Release(bench); // gpio-sim lets the button's pull-up win for the moment in which the line is opened
        bench.Until(() => Told(Host).Stop == "None", "no stop is latched");
    }

    public void Begin(in MotionGoal goal)
    {
        Host.Tell(string.Create(CultureInfo.InvariantCulture, $"{(goal.Kind == GoalKind.Turn ? "turn" : "go")} {(goal.Kind == GoalKind.Turn ? goal.Angle : goal.Distance)}"));
        _given++;
        bench.Until(() => Told(Host).Taken == _given, () => $"the control loop has the order; the host says {Host.State}, {Host.Cause}: {string.Join("; ", Host.Troubles)}", bench.Patience);
    }

    public void ReleaseStop() => Host.Release(bench);

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
        _host = HostProgram.Start(bench, file, _data);
        _given = 0;
        _core = Host.Core;
    }

    public void Pause() => Told(Host).Pause();

    public void Continue() => Told(Host).Continue();

    public void Kill() => Told(Host).Kill();

    public void PauseCore() => ProcessSignals.Pause(RememberCore());

    public void ContinueCore() => ProcessSignals.Continue(_core);

    public void KillCore() => ProcessSignals.Kill(RememberCore());

    public void Dispose()
    {
        _host?.KillWithCore(bench);
        _host = null;
        rover.Wired.PressStop(false);
    }

    private int RememberCore()
    {
        HilBench.True(Host.Core != 0, $"the host has a core of its own; {string.Join("; ", Host.Said)}");
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
