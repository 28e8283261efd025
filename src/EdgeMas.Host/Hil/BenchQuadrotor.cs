using System.Globalization;
using EdgeMas.Control.Flight;
using EdgeMas.Control.Leases;
using EdgeMas.Control.Pacing;
using EdgeMas.Control.Stopping;
using EdgeMas.Control.Vehicles;
using EdgeMas.Core.Motion;
using EdgeMas.Devices.Quadrotor;
using EdgeMas.Host.Boards;
using EdgeMas.Host.Configuration;
using EdgeMas.Simulation.Board;
using EdgeMas.Simulation.Flight;

namespace EdgeMas.Host.Hil;

/// <summary>
/// A robot's configured quadrotor on the board, under its control loop as 'edgemas run' makes it, and the quadrotor of the simulated air at the other end of its wires: the loop closes through the kernel. Both have
/// the air's clock, which stands still while the computer does.
/// </summary>
internal sealed class BenchQuadrotor : IDisposable
{
    private const string NearPort = "/dev/ttyS1";
    private const string FarPort = "/dev/ttyS2";

    private readonly HilBench _bench;
    private readonly RobotConfiguration _configuration;
    private readonly QuadrotorBodyConfiguration _body;
    private readonly SerialCable _cable;
    private ControlThread? _thread;
    private QuadrotorLoop? _loop;
    private QuadrotorMount? _mount;
    private MotionLease _lease;

    /// <summary>Plugs the air's end of the wires; the body itself is opened by <see cref="PowerOn"/>.</summary>
    public BenchQuadrotor(HilBench bench, RobotConfiguration configuration, QuadrotorDescription air)
    {
        (_bench, _configuration) = (bench, configuration);
        _body = configuration.QuadrotorBody ?? throw new HilFailure($"{configuration.File} has no quadrotor of chips");
        var rotors = Wiring.Rotors;
        _cable = SerialCable.Open(NearPort, FarPort);
        Wired = new WiredQuadrotor(
            new QuadrotorWorld(air),
            new BoardRotors(rotors.FrontLeft, rotors.FrontRight, rotors.BackLeft, rotors.BackRight, Wiring.OutputEnableLine, Wiring.StopLine?.Line ?? throw new HilFailure("the quadrotor has no stop button")),
            new BoardPins(bench.Drive, bench.Level), _cable.Send, bench.Time);
        bench.Board.Chips.Plug(rotors.Address, Wired.Chip);
        bench.Board.Chips.Plug(Wiring.Imu.Address, Wired.Imu);
        bench.Board.Chips.Plug(Wiring.Height.Address, Wired.RangeFinder);
        bench.Board.Chips.Plug(Wiring.Battery!.Address, Wired.Battery);
        Wired.Start();
    }

    public QuadrotorWiring Wiring => _body.Wiring;

    public FlightLimits Limits => _configuration.Quadrotor!.Limits;

    public WiredQuadrotor Wired { get; }

    public FlightTruth Truth => Wired.World.Truth;

    public QuadrotorMount Mount => _mount ?? throw new HilFailure("the quadrotor was not powered on");

    public QuadrotorLoop Loop => _loop ?? throw new HilFailure("the quadrotor was not powered on");

    public ControlThread Thread => _thread ?? throw new HilFailure("the quadrotor was not powered on");

    public VehicleSnapshot<FlightState> Snapshot => Loop.Desk.Snapshot;

    public FlightMode Mode => Snapshot.Body.Mode;

    /// <summary>Radians, in truth, seen while somebody waited since <see cref="BeginWatch"/>.</summary>
    public double MostTilt { get; private set; }

    /// <summary>Metres a second over the ground, likewise.</summary>
    public double MostSpeed { get; private set; }

    /// <exception cref="HilFailure">The product came without it.</exception>
    public static string ConfigurationFile()
    {
        var boards = BoardShelf.Folder() ?? throw new HilFailure("there is no hardware/boards beside the program or above it");
        return Path.GetFullPath(Path.Combine(boards, "..", "..", "configs", "quadrotor-simboard.yaml"));
    }

    /// <summary>Opens the body as 'edgemas run' does and begins to tick.</summary>
    public void PowerOn()
    {
        var quadrotor = _configuration.Quadrotor!;
        _mount = new QuadrotorMount(Wiring, Wired.Clock, _body.Mounting.Resolve);
        _loop = new QuadrotorLoop(_mount, quadrotor.Limits, quadrotor.Options, Wired.Clock);
        _mount.StopPressed += OnStopPressed;
        _thread = ControlThread.For(_loop, TimeSpan.FromSeconds(1.0 / _configuration.Control.RateHz));
        _thread.Start();
        Wired.IsTelling = true;
    }

    /// <summary>Waits until it can take off.</summary>
    public void UntilReady()
    {
        Wired.IsTelling = true;
        Until(() => Truth.IsOnGround && !Mount.IsStopHeld && Mount.Troubles.Count == 0 && Snapshot.Body.Velocity.Length < 0.1, "the quadrotor is ready");
    }

    /// <summary>Of each rotor's plug now, front left, front right, back left, back right; 0 for none.</summary>
    public double[] Pulses()
    {
        var rotors = Wiring.Rotors;
        return [.. new[] { rotors.FrontLeft, rotors.FrontRight, rotors.BackLeft, rotors.BackRight }.Select(channel => Wired.IsEnabled ? Wired.Chip.Pulses.Last(channel).Seconds : 0)];
    }

    /// <summary>No rotor gets a pulse that turns it.</summary>
    public bool AreRotorsOff => Pulses().All(seconds => seconds < Wiring.Rotors.ShortestPulse.TotalSeconds + 2e-6);

    public bool AreRotorsOn => Pulses().All(seconds => seconds > Wiring.Rotors.ShortestPulse.TotalSeconds + 50e-6);

    public void BeginWatch() => (MostTilt, MostSpeed) = (0, 0);

    /// <summary>Gives a goal, under a lease of its own.</summary>
    public void Begin(in FlightGoal goal)
    {
        if (!Loop.Desk.Leases.Feed(_lease))
            HilBench.True(Loop.Desk.Leases.TryAcquire("hil", out _lease), "a lease for the quadrotor");
        HilBench.True(Loop.Desk.TrySubmit(_lease, goal, out var id), "the goal is taken");
        Until(() => Snapshot.GoalId == id, "the loop has the goal");
    }

    /// <summary>Flies and waits for the end, whatever it is.</summary>
    public VehicleSnapshot<FlightState> Finish(in FlightGoal goal)
    {
        Begin(goal);
        Until(() => !Snapshot.IsMoving, "the flight ends");
        return Snapshot;
    }

    /// <param name="feeds">The goal's owner is alive meanwhile.</param>
    public void Until(Func<bool> condition, string what, bool feeds = true)
    {
        var started = _bench.Time.GetTimestamp();
        while (!condition())
        {
            if (_bench.Time.GetElapsedTime(started) > _bench.Patience)
                throw new HilFailure($"{what}: not within {_bench.Patience.TotalSeconds} s; {Describe()}");
            if (feeds && _loop is not null)
                Loop.Desk.Leases.Feed(_lease);
            (MostTilt, MostSpeed) = (Math.Max(MostTilt, Truth.Attitude.Tilt), Math.Max(MostSpeed, Truth.Velocity.HorizontalLength));
            HilBench.Pause(TimeSpan.FromMilliseconds(3));
        }
    }

    /// <summary>Goes on for a while, by the air's clock.</summary>
    public void GoOn(TimeSpan time, bool feeds = true)
    {
        var began = Wired.Clock.GetTimestamp();
        Until(() => Wired.Clock.GetElapsedTime(began) > time, "time goes on", feeds);
    }

    /// <summary>What is known and what is true, for a failure.</summary>
    public string Describe()
    {
        var (truth, told) = (Truth, Snapshot);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"the goal is {told.State}, {told.Cause}, mode {told.Body.Mode}, at {Place(told.Body.Position)}, in truth {Place(truth.Position)} with {truth.Velocity.Length:F2} m/s and {truth.Attitude.Tilt * 180 / Math.PI:F0} degrees of tilt; troubles: {string.Join("; ", Mount.Troubles)}");
    }

    public void PowerOff()
    {
        Wired.IsTelling = false;
        _thread?.Dispose();
        _mount?.Dispose();
        (_thread, _loop, _mount) = (null, null, null);
    }

    public void Dispose()
    {
        PowerOff();
        Wired.Dispose();
        _cable.Dispose();
        foreach (var address in new[] { Wiring.Rotors.Address, Wiring.Imu.Address, Wiring.Height.Address, Wiring.Battery!.Address })
            _bench.Board.Chips.Unplug(address);
    }

    private static string Place(in Vector3D at) => string.Create(CultureInfo.InvariantCulture, $"({at.X:F2}, {at.Y:F2}, {at.Z:F2})");

    private void OnStopPressed() => _loop?.Desk.EmergencyStop.Engage(EStopReason.Line);
}
