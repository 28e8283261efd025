using EdgeMas.Control.Body;
using EdgeMas.Control.Process;
using EdgeMas.Control.Stopping;
using EdgeMas.Control.Vehicles;
using EdgeMas.Core.Time;
using EdgeMas.Core.Vision;
using EdgeMas.Host.Configuration;
using EdgeMas.Simulation.Clock;
using EdgeMas.Simulation.Running;

namespace EdgeMas.Host.Robot;

/// <summary>A simulated vehicle: clock, world, control loop, and the thread that runs them. The control loop may be a process of its own.</summary>
internal abstract class VirtualYard<TGoal, TBody> : RobotYard
    where TGoal : unmanaged
    where TBody : unmanaged
{
    private readonly VirtualClock _clock;
    private readonly SimulationRunner _runner;
    private readonly SeparateCore<VehicleDesk<TGoal, TBody>>? _core;

    /// <param name="now">When its time begins.</param>
    /// <param name="step">Moves the world on.</param>
    /// <param name="open">The body as a loop of this process has it, or as a core has it through the memory of a path.</param>
    /// <param name="settings">Of its kind of vehicle.</param>
    /// <param name="attach">Takes a core of this kind over.</param>
    /// <param name="simulation">Null for the usual steps.</param>
    /// <param name="tell">Told when the process of the control loop dies and when it is back.</param>
    /// <exception cref="IOException">The core's process cannot be started, or is another host's.</exception>
    private protected VirtualYard(
        RobotConfiguration configuration, DataFolders folders, DateTimeOffset now, Action<TimeSpan> step,
        Func<VirtualClock, (Func<VehicleLoop<TGoal, TBody>> Loop, Func<string, IBodyPump> Pump)> open, CoreSettings settings, Func<string, CoreSettings, VehicleDesk<TGoal, TBody>> attach,
        SimulationOptions? simulation, Action<string> tell)
    {
        _clock = new VirtualClock(now) { Speed = ClockSpeed.TryParse(configuration.Clock) ?? 1 };
        var body = open(_clock);
        Action tick;
        if (configuration.Control.OwnProcess)
        {
            _core = SeparateCore<VehicleDesk<TGoal, TBody>>.Join(configuration, folders, settings with { RateHz = configuration.Control.RateHz }, attach, body.Pump, tell);
            (Desk, tick) = (_core.Desk, _core.Step);
        }
        else
        {
            var loop = body.Loop();
            (Desk, tick) = (loop.Desk, loop.Tick);
        }
        _runner = new SimulationRunner(step, _clock, tick, () => Desk.Snapshot.IsMoving, simulation);
    }

    /// <summary>Where the vehicle is moved from.</summary>
    public VehicleDesk<TGoal, TBody> Desk { get; }

    public override TimeProvider Clock => _clock;

    public override ITimeBrake TimeBrake => _clock;

    public override TimeSpan Elapsed => _clock.Elapsed;

    public override EmergencyStop EmergencyStop => Desk.EmergencyStop;

    public override IReadOnlyList<string> Troubles => _core?.Troubles ?? (Desk.Fault is { } fault ? [$"the control loop failed: {fault}"] : []);

    public override void Start() => _runner.Start();

    public override ICamera? CreateCamera() => null;

    public override void Dispose()
    {
        _runner.Dispose();
        _core?.Dispose();
    }
}
