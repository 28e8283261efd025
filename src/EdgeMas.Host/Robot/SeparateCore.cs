using EdgeMas.Control.Body;
using EdgeMas.Control.Desk;
using EdgeMas.Control.Envelope;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Pacing;
using EdgeMas.Control.Process;
using EdgeMas.Core.Motion;
using EdgeMas.Devices.Rover;
using EdgeMas.Host.Configuration;

namespace EdgeMas.Host.Robot;

/// <summary>
/// The control loop as a process of its own, <c>edgemas-control</c>, with a simulated body in this process or with chips that it drives itself. A core that a killed host left
/// behind is taken over, else one is started; one that dies is replaced; it ends with this host.
/// </summary>
internal sealed class SeparateCore : IDisposable
{
    private readonly BodyPump? _pump;
    private readonly CoreKeeper _keeper;
    private readonly string _bodyPath;

    private SeparateCore(BodyPump? pump, string bodyPath, CoreKeeper keeper) => (_pump, _bodyPath, _keeper) = (pump, bodyPath, keeper);

    public MotionDesk Desk => _keeper.Desk;

    /// <summary>Of the core, and of a body that it drives itself. Any thread.</summary>
    public IReadOnlyList<string> Troubles => _keeper.Troubles;

    /// <summary>Path of the memory that the core of a robot shares with its hosts.</summary>
    public static string RegionPath(RobotConfiguration configuration) => $"/dev/shm/edgemas-{configuration.Fleet}-{configuration.Robot}.control";

    /// <summary>For a simulated body in this process.</summary>
    /// <param name="tell">Told when the core dies and when it is back.</param>
    /// <exception cref="IOException">The core cannot be started, or is another host's.</exception>
    public static SeparateCore Join(RobotConfiguration configuration, DataFolders folders, IWheeledBody body, EnvelopeOptions limits, ControlOptions control, Action<string> tell)
    {
        var bodyPath = Path.ChangeExtension(RegionPath(configuration), ".body");
        var pump = new BodyPump(bodyPath, body, TimeProvider.System);
        try
        {
            var core = new SeparateCore(pump, bodyPath, CoreKeeper.Start(Launch(configuration, folders, SettingsOf(configuration, limits, control), bodyPath), tell));
            core.Desk.CorrectPose(control.StartPose, weight: 1); // the world begins anew with this process
            return core;
        }
        catch
        {
            pump.Dispose();
            throw;
        }
    }

    /// <summary>For a body of chips, which the core opens.</summary>
    /// <inheritdoc cref="Join(RobotConfiguration, DataFolders, IWheeledBody, EnvelopeOptions, ControlOptions, Action{string})"/>
    public static SeparateCore Join(RobotConfiguration configuration, DataFolders folders, RoverWiring wiring, EnvelopeOptions limits, ControlOptions control, Action<string> tell)
    {
        var settings = SettingsOf(configuration, limits, control) with { Wiring = wiring.ToJson(), KernelWatchdogSeconds = configuration.Control.KernelWatchdogSeconds };
        return new SeparateCore(null, "", CoreKeeper.Start(Launch(configuration, folders, settings, bodyPath: null), tell));
    }

    /// <summary>The world's thread, once a step.</summary>
    public void Step() => _pump?.Step();

    /// <summary>The core brakes and ends.</summary>
    public void Dispose()
    {
        _keeper.Dispose();
        if (_pump is not null)
            File.Delete(_bodyPath);
    }

    private static CoreSettings SettingsOf(RobotConfiguration configuration, EnvelopeOptions limits, ControlOptions control) => new()
    {
        RateHz = configuration.Control.RateHz,
        Envelope = limits with { HostPatience = configuration.Control.Heartbeat, ReadingPatience = TimeSpan.FromMilliseconds(50) },
        Control = control with { CalibrationTicks = configuration.Control.RateHz },
    };

    private static CoreLaunch Launch(RobotConfiguration configuration, DataFolders folders, CoreSettings settings, string? bodyPath) => new(
        CoreProcess.Find(), settings, new RealtimeOptions { Priority = configuration.Control.Priority, Processor = configuration.Control.Processor },
        RegionPath(configuration), bodyPath, Path.Combine(folders.Run, "control.json"), Path.Combine(folders.Run, "control.log"));
}
