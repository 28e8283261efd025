using EdgeMas.Control.Arm;
using EdgeMas.Control.Pacing;
using EdgeMas.Control.Stopping;
using EdgeMas.Devices.Arm;
using EdgeMas.Host.Boards;
using EdgeMas.Host.Configuration;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Host.Hil;

/// <summary>An arm of servos on the board under its control loop, as 'edgemas run' makes it, and the chip's pins at the other end of the wires: what the servos are told is seen in their pulses.</summary>
internal sealed class BenchArm : MovedArm
{
    private readonly HilBench _bench;
    private readonly RobotConfiguration _configuration;
    private readonly ArmBodyConfiguration _body;
    private ControlThread? _thread;
    private ArmLoop? _loop;
    private ArmMount? _mount;

    /// <summary>Plugs the chip; the body itself is opened by <see cref="PowerOn"/>.</summary>
    public BenchArm(HilBench bench, RobotConfiguration configuration)
        : base(bench.Time, bench.Patience)
    {
        (_bench, _configuration) = (bench, configuration);
        _body = configuration.ArmBody ?? throw new HilFailure($"{configuration.File} has no body of servos");
        Chip = new SimulatedPca9685(bench.Time);
        bench.Board.Chips.Plug(Wiring.Address, Chip);
        PressStop(false);
    }

    public ArmWiring Wiring => _body.Wiring;

    public SimulatedPca9685 Chip { get; }

    public ArmMount Mount => _mount ?? throw new HilFailure("the arm was not powered on");

    public override int JointCount => Wiring.Joints.Count;

    public override ArmLoop Loop => _loop ?? throw new HilFailure("the arm was not powered on");

    public ControlThread Thread => _thread ?? throw new HilFailure("the arm was not powered on");

    public override IReadOnlyList<string> Troubles => Mount.Troubles;

    /// <summary>A step of the chip, of the servo that turns farthest for it.</summary>
    public override double Resolution { get; } = 0.011;

    /// <summary>The chip's OE lets its outputs out.</summary>
    public bool IsEnabled => !_bench.Level(Wiring.OutputEnableLine!.Value);

    /// <exception cref="HilFailure">The product came without it.</exception>
    public static string ConfigurationFile()
    {
        var boards = BoardShelf.Folder() ?? throw new HilFailure("there is no hardware/boards beside the program or above it");
        return Path.GetFullPath(Path.Combine(boards, "..", "..", "configs", "arm-simboard.yaml"));
    }

    /// <summary>Opens the body as 'edgemas run' does and begins to tick.</summary>
    /// <param name="change">Of the wiring: what somebody wrote down wrong.</param>
    /// <param name="node">Of the bus; null for the board's.</param>
    public void PowerOn(Func<ArmWiring, ArmWiring>? change = null, string? node = null)
    {
        var body = node is null ? _body : _body with { I2cBus = _body.I2cBus with { Node = node } };
        _mount = new ArmMount(change is null ? Wiring : change(Wiring), _bench.Time, body.Mounting.Resolve);
        _loop = new ArmLoop(_mount, _configuration.Arm!.Limits, _bench.Time);
        _mount.StopPressed += OnStopPressed;
        _thread = ControlThread.For(_loop, TimeSpan.FromSeconds(1.0 / _configuration.Control.RateHz));
        _thread.Start();
    }

    /// <summary>Waits until the body is in order, and stays so: a busy board tells late that its own pull-up pressed the button.</summary>
    public void UntilReady()
    {
        UntilInOrder();
        HilBench.Pause(TimeSpan.FromMilliseconds(100));
        UntilInOrder();
    }

    /// <summary>Of each servo's pulse now; 0 for none.</summary>
    public double[] Pulses() => [.. Wiring.Joints.Select(joint => Chip.Pulses.Last(joint.Channel).Seconds)];

    /// <summary>No servo gets pulses.</summary>
    public bool AreOff => Pulses().All(seconds => seconds == 0);

    /// <summary>When the last of the servos' pulses changed: the bench's timestamp.</summary>
    public long LastChange => Wiring.Joints.Max(joint => Chip.Pulses.Last(joint.Channel).Timestamp);

    public void ExpectLetGo(string when)
    {
        HilBench.True(AreOff, $"a servo gets pulses {when}");
        HilBench.True(!IsEnabled, $"OE lets outputs out {when}");
    }

    public void PowerOff()
    {
        _thread?.Dispose();
        _mount?.Dispose();
        (_thread, _loop, _mount) = (null, null, null);
    }

    /// <summary>Presses the stop button, whose contact to ground opens, or lets it go.</summary>
    public void PressStop(bool pressed) => _bench.Drive(Wiring.StopLine!.Line, pressed);

    public override double See(int joint) => IsEnabled ? AngleOf(joint, Chip.Pulses.Last(Wiring.Joints[joint].Channel).Seconds) : double.NaN;

    public override IReadOnlyList<JointSight> SightsOf(int joint, long since) =>
        [.. Chip.Pulses.Of(Wiring.Joints[joint].Channel).Where(pulse => pulse.Timestamp >= since).Select(pulse => new JointSight(pulse.Timestamp, AngleOf(joint, pulse.Seconds)))];

    public override void Dispose()
    {
        PowerOff();
        _bench.Board.Chips.Unplug(Wiring.Address);
    }

    /// <summary>A servo by its data sheet: nothing of the driver is used.</summary>
    private double AngleOf(int joint, double seconds)
    {
        var servo = Wiring.Joints[joint];
        if (seconds == 0)
            return double.NaN;
        var share = (seconds - servo.ShortestPulse.TotalSeconds) / (servo.LongestPulse - servo.ShortestPulse).TotalSeconds;
        return servo.Reversed ? servo.MostAngle - (share * (servo.MostAngle - servo.LeastAngle)) : servo.LeastAngle + (share * (servo.MostAngle - servo.LeastAngle));
    }

    private void UntilInOrder() => Until(
        () =>
        {
            PressStop(false); // a closed contact wins against the pull-up, which gpio-sim lets win when it is switched on
            if (Mount.IsStopHeld || Mount.Troubles.Count > 0)
                return false;
            if (Loop.Desk.EmergencyStop.Reason == EStopReason.Line)
                Loop.Desk.EmergencyStop.Release(); // the board was too busy to drive the button's wire before it was first read
            return true;
        }, "the arm is in order");

    private void OnStopPressed() => _loop?.Desk.EmergencyStop.Engage(EStopReason.Line);
}
