using EdgeMas.Control.Body;
using EdgeMas.Control.Desk;
using EdgeMas.Control.Envelope;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Pacing;
using EdgeMas.Control.Process;
using EdgeMas.Core.Motion;
using EdgeMas.Host.Configuration;

namespace EdgeMas.Host.Robot;

/// <summary>
/// The control loop as a process of its own, <c>edgemas-control</c>, with the simulated body in this one. A core that a killed host left behind is taken over, else one
/// is started; it ends with this host.
/// </summary>
internal sealed class SeparateCore : IDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(10);

    private readonly BodyPump _pump;
    private readonly Heartbeat _heartbeat;
    private readonly string _bodyPath;

    private SeparateCore(BodyPump pump, string bodyPath, MotionDesk desk)
    {
        (_pump, _bodyPath, Desk) = (pump, bodyPath, desk);
        _heartbeat = new Heartbeat(desk);
    }

    public MotionDesk Desk { get; }

    /// <exception cref="IOException">The core cannot be started, or is another host's.</exception>
    public static SeparateCore Join(RobotConfiguration configuration, DataFolders folders, IDifferentialDrive body, EnvelopeOptions limits, ControlOptions control)
    {
        var wanted = configuration.Control;
        var settings = new CoreSettings
        {
            RateHz = wanted.RateHz,
            Envelope = limits with { HostPatience = wanted.Heartbeat, ReadingPatience = TimeSpan.FromMilliseconds(50) },
            Control = control with { CalibrationTicks = wanted.RateHz },
        };
        var name = $"/dev/shm/edgemas-{configuration.Fleet}-{configuration.Robot}";
        var (regionPath, bodyPath) = ($"{name}.control", $"{name}.body");
        var pump = new BodyPump(bodyPath, body, TimeProvider.System);
        try
        {
            if (!CoreProcess.IsRunning(regionPath))
                Start(settings, new RealtimeOptions { Priority = wanted.Priority, Processor = wanted.Processor }, regionPath, bodyPath, folders);
            var desk = MotionDesk.Attach(regionPath, settings);
            desk.CorrectPose(control.StartPose, weight: 1); // the world begins anew with this process
            return new SeparateCore(pump, bodyPath, desk);
        }
        catch
        {
            pump.Dispose();
            throw;
        }
    }

    /// <summary>The world's thread, once a step.</summary>
    public void Step() => _pump.Step();

    /// <summary>The core brakes and ends.</summary>
    public void Dispose()
    {
        CoreProcess.End(Desk.Figures.ProcessId);
        _heartbeat.Dispose();
        File.Delete(_bodyPath);
    }

    private static void Start(CoreSettings settings, RealtimeOptions realtime, string regionPath, string bodyPath, DataFolders folders)
    {
        var log = Path.Combine(folders.Run, "control.log");
        using var process = CoreProcess.Start(CoreProcess.Find(), settings, realtime, regionPath, bodyPath, Path.Combine(folders.Run, "control.json"), log);
        using var pause = new ManualResetEventSlim();
        var began = TimeProvider.System.GetTimestamp();
        while (!CoreProcess.IsRunning(regionPath))
        {
            if (process.HasExited)
                throw new IOException($"the control loop's process ended at its start: {(File.Exists(log) ? File.ReadAllText(log).TrimEnd() : "it said nothing")}");
            if (TimeProvider.System.GetElapsedTime(began) > StartPatience)
                throw new IOException($"the control loop's process {process.Id} does not tick; it wrote to {log}");
            pause.Wait(TimeSpan.FromMilliseconds(5));
        }
    }
}
