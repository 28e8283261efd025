using EdgeMas.Control.Body;
using EdgeMas.Control.Desk;
using EdgeMas.Control.Pacing;
using EdgeMas.Control.Process;
using EdgeMas.Host.Configuration;

namespace EdgeMas.Host.Robot;

/// <summary>
/// The control loop as a process of its own, <c>edgemas-control</c>, with a simulated body in this process or with chips that it drives itself. A core that a killed host left
/// behind is taken over, else one is started; one that dies is replaced; it ends with this host.
/// </summary>
internal sealed class SeparateCore<TDesk> : IDisposable
    where TDesk : CoreDesk
{
    private readonly IBodyPump? _pump;
    private readonly CoreKeeper _keeper;
    private readonly string _bodyPath;

    private SeparateCore(IBodyPump? pump, string bodyPath, CoreKeeper keeper, TDesk desk) => (_pump, _bodyPath, _keeper, Desk) = (pump, bodyPath, keeper, desk);

    /// <summary>The same one for every core that comes.</summary>
    public TDesk Desk { get; }

    /// <summary>Of the core, and of a body that it drives itself. Any thread.</summary>
    public IReadOnlyList<string> Troubles => Desk.Fault is { } fault ? [.. _keeper.Troubles, $"the control loop failed: {fault}"] : _keeper.Troubles;

    /// <param name="attach">Takes a core of this kind of vehicle over.</param>
    /// <param name="openBody">Gives a simulated body of this process to the core, through the memory of this path; null for a body of chips, which the core opens.</param>
    /// <param name="tell">Told when the core dies and when it is back.</param>
    /// <exception cref="IOException">The core cannot be started, or is another host's.</exception>
    public static SeparateCore<TDesk> Join(
        RobotConfiguration configuration, DataFolders folders, CoreSettings settings, Func<string, CoreSettings, TDesk> attach, Func<string, IBodyPump>? openBody, Action<string> tell)
    {
        var regionPath = $"/dev/shm/edgemas-{configuration.Fleet}-{configuration.Robot}.control";
        var bodyPath = Path.ChangeExtension(regionPath, ".body");
        var pump = openBody?.Invoke(bodyPath);
        try
        {
            var launch = new CoreLaunch(
                CoreProcess.Find(), settings, new RealtimeOptions { Priority = configuration.Control.Priority, Processor = configuration.Control.Processor },
                regionPath, pump is null ? null : bodyPath, Path.Combine(folders.Run, "control.json"), Path.Combine(folders.Run, "control.log"));
            return new SeparateCore<TDesk>(pump, bodyPath, CoreKeeper.Start(launch, attach, tell, out var desk), desk);
        }
        catch
        {
            pump?.Dispose();
            throw;
        }
    }

    /// <summary>The world's thread, once a step.</summary>
    public void Step() => _pump?.Step();

    /// <summary>The core stops its body and ends. Nobody may <see cref="Step"/> any more.</summary>
    public void Dispose()
    {
        _keeper.Dispose();
        if (_pump is null)
            return;
        _pump.Dispose();
        File.Delete(_bodyPath);
    }
}
