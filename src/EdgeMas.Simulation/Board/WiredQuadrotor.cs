using System.Numerics;
using EdgeMas.Core.Motion;
using EdgeMas.Simulation.Clock;
using EdgeMas.Simulation.Flight;
using EdgeMas.Simulation.World;

namespace EdgeMas.Simulation.Board;

/// <summary>
/// The quadrotor of the air at the far end of a board's wires: the pulses of a servo chip turn its rotors, its inertial sensor and range finder answer with what it feels and sees, and its receiver tells where it is. A thread of
/// its own moves the air in real time, by <see cref="Clock"/>.
/// </summary>
/// <remarks>Rotors differ by some per cent from each other, the inertial sensor has biases and vibrates.</remarks>
public sealed class WiredQuadrotor : IDisposable
{
    /// <summary>Of the range finder and of the legs.</summary>
    public const double MountHeight = 0.06;

    public const double ShuntOhms = 0.01;
    private const double FullVolts = 16.4;
    private const double EmptyVolts = 13.2;
    private const double ForceNoise = 0.3;
    private const double RateNoise = 0.01;
    private const double LeastUpright = 0.5;

    private static readonly Vector3D ForceBias = new(0.06, -0.04, 0.1);
    private static readonly Vector3D RateBias = new(0.012, -0.02, 0.008);
    private static readonly double[] RotorShares = [1, 0.985, 1.01, 0.99];
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(4);
    /// <summary>Two steps: where the board gets its processor in slices, its threads get along with the air.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(8);
    private static readonly TimeSpan Telling = TimeSpan.FromMilliseconds(200);

    private readonly BoardRotors _rotors;
    private readonly BoardPins _pins;
    private readonly Action<string> _send;
    private readonly BoardEsc[] _escs = [new(), new(), new(), new()];
    private readonly HeldClock _clock;
    private readonly Noise _noise = new(seed: 6050, stream: 22);
    private readonly WiredReceiver _receiver;
    private readonly Lock _buttonGate = new();
    private readonly ManualResetEventSlim _stopped = new();
    private readonly Thread _thread;
    private readonly Thread _receiving;
    private bool _buttonOpen;
    private volatile bool _isTelling;
    private volatile Exception? _failure;

    /// <param name="send">Over the receiver's wire; called by a thread of its own.</param>
    /// <param name="time">Of the computer.</param>
    public WiredQuadrotor(QuadrotorWorld world, BoardRotors rotors, BoardPins pins, Action<string> send, TimeProvider time)
    {
        (World, _rotors, _pins, _send) = (world, rotors, pins, send);
        _clock = new HeldClock(time, Longest);
        Chip = new SimulatedPca9685(time);
        _receiver = new WiredReceiver(world, Faults, world.Description.Seed);
        Feel();
        _thread = new Thread(() => Guard(Run)) { IsBackground = true, Name = "wired quadrotor" };
        _receiving = new Thread(() => Guard(Tell)) { IsBackground = true, Name = "wired receiver" };
    }

    public QuadrotorWorld World { get; }

    public WiredQuadrotorFaults Faults { get; } = new();

    /// <summary>The time of the air, and of what flies in it: it stands still while the computer does.</summary>
    public TimeProvider Clock => _clock;

    /// <summary>The chip of the speed controllers. This and the next three are to be plugged into the board's bus.</summary>
    public SimulatedPca9685 Chip { get; }

    public SimulatedMpu6050 Imu { get; } = new();

    /// <summary>It looks down.</summary>
    public SimulatedVl53l0x RangeFinder { get; } = new();

    public SimulatedIna219 Battery { get; } = new(ShuntOhms);

    /// <summary>The receiver speaks: somebody listens.</summary>
    public bool IsTelling { get => _isTelling; set => _isTelling = value; }

    /// <summary>Presses the stop button or lets it go, at once. Any thread.</summary>
    public void PressStop(bool pressed)
    {
        lock (_buttonGate)
        {
            _buttonOpen = pressed;
            _pins.Drive(_rotors.Button, pressed);
        }
    }

    public void Start()
    {
        _pins.Drive(_rotors.Enable, true); // the resistor from OE to the supply
        PressStop(false);
        _clock.Step();
        _thread.Start();
        _receiving.Start();
    }

    /// <summary>Pulses come out of the chip: OE lets them.</summary>
    public bool IsEnabled => Faults.EnableCut || !_pins.Level(_rotors.Enable);

    /// <exception cref="InvalidOperationException">The air stopped by itself; the inner exception says why.</exception>
    public void Dispose()
    {
        _stopped.Set();
        if (_thread.ThreadState != ThreadState.Unstarted)
        {
            _thread.Join();
            _receiving.Join();
        }
        _stopped.Dispose();
        if (_failure is { } failure)
            throw new InvalidOperationException($"the simulated quadrotor stopped: {failure.Message}", failure);
    }

    private void Guard(Action run)
    {
        try
        {
            run();
        }
        catch (Exception error)
        {
            _failure = error; // told to whoever disposes this: air that stands still fails every case
        }
    }

    private void Run()
    {
        while (!_stopped.Wait(Step))
        {
            HoldButton();
            var time = _clock.Step();
            if (time <= TimeSpan.Zero)
                continue;
            World.TrySpin(Turn(time.TotalSeconds));
            World.Step(time);
            Feel();
        }
    }

    private void Tell()
    {
        while (!_stopped.Wait(Telling))
        {
            var said = _receiver.Tell();
            if (_isTelling && !Faults.SatellitesSilent)
                _send(said);
        }
    }

    /// <summary>A closed contact wins against a pull-up, which gpio-sim lets win when it is switched on.</summary>
    private void HoldButton()
    {
        lock (_buttonGate)
        {
            if (!_buttonOpen)
                _pins.Drive(_rotors.Button, false);
        }
    }

    private RotorSpeeds Turn(double seconds)
    {
        var isEnabled = IsEnabled;
        return new RotorSpeeds(
            Turn(0, _rotors.FrontLeft, isEnabled, seconds), Turn(1, _rotors.FrontRight, isEnabled, seconds), Turn(2, _rotors.BackLeft, isEnabled, seconds), Turn(3, _rotors.BackRight, isEnabled, seconds));
    }

    private double Turn(int rotor, int channel, bool isEnabled, double seconds)
    {
        var share = _escs[rotor].Step(isEnabled ? Chip.Pulses.Last(channel).Seconds : 0, seconds);
        return Faults.DeadRotor == rotor ? 0 : share * RotorShares[rotor] * World.Description.MaxRotorSpeedRadPerS;
    }

    private void Feel()
    {
        var truth = World.Truth;
        var force = World.Felt + ForceBias;
        var rate = truth.AngularRate + RateBias;
        if (!truth.IsOnGround)
            (force, rate) = (force + Some(ForceNoise), rate + Some(RateNoise));
        if (Faults.GyroscopeUpsideDown)
            rate *= -1;
        Imu.Feel(Single(force), Single(rate));
        var upright = truth.Attitude.Up.Z;
        RangeFinder.See(upright > LeastUpright ? (truth.Position.Z + MountHeight) / upright : double.PositiveInfinity);
        var volts = double.IsNaN(Faults.BatteryVolts) ? EmptyVolts + (truth.Battery * (FullVolts - EmptyVolts)) : Faults.BatteryVolts;
        Battery.Carry(volts, truth.IsOnGround ? 0.5 : 11);
    }

    private Vector3D Some(double sigma) => new(sigma * _noise.Normal(), sigma * _noise.Normal(), sigma * _noise.Normal());

    private static Vector3 Single(in Vector3D vector) => new((float)vector.X, (float)vector.Y, (float)vector.Z);
}
