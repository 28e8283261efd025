using EdgeMas.Core.Motion;
using System.Numerics;
using EdgeMas.Simulation.World;

namespace EdgeMas.Simulation.Board;

/// <summary>
/// The rover of a world at the far end of a board's wires: what the board's PWM and direction pins say turns its wheels, its encoders drive the board's inputs, and
/// its inertial sensor and range finder answer with what it feels. A thread of its own moves the world.
/// </summary>
/// <remarks>
/// The world keeps real time, and makes up for a busy computer's delays step by step: edges closer than a millisecond would merge on the way to the board. The motors turn at their
/// no-load speed times the voltage left after friction, the left one a little slower than the right.
/// </remarks>
public sealed class WiredRover : IDisposable
{
    /// <summary>Share of the voltage that friction eats.</summary>
    private const double Friction = 0.05;

    private const double LeftMotorShare = 0.95;
    private const double StandardGravity = 9.80665;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(4);
    /// <summary>Longer than this the world is not made up for: it has stood still.</summary>
    private static readonly TimeSpan MostBehind = TimeSpan.FromMilliseconds(400);

    private static readonly TimeSpan EdgePause = TimeSpan.FromMilliseconds(1);

    private readonly BoardWheel _left;
    private readonly BoardWheel _right;
    private readonly int _standby;
    private readonly int _button;
    private readonly Lock _buttonGate = new();
    private bool _buttonOpen;
    private readonly BoardPins _pins;
    private readonly PwmTrace _pwm;
    private readonly WheelEncoder _leftEncoder;
    private readonly WheelEncoder _rightEncoder;
    private readonly TimeProvider _time;
    private readonly ManualResetEventSlim _stopped = new();
    private readonly Thread _thread;
    private Exception? _failure;

    /// <param name="standby">Line of the bridge's STBY.</param>
    /// <param name="button">Line of the stop button, whose contact to ground opens when it is pressed.</param>
    public WiredRover(YardWorld world, BoardWheel left, BoardWheel right, int standby, int button, BoardPins pins, PwmTrace pwm, TimeProvider time)
    {
        (World, _left, _right, _standby, _button, _pins, _pwm, _time) = (world, left, right, standby, button, pins, pwm, time);
        _leftEncoder = new WheelEncoder(left, pins);
        _rightEncoder = new WheelEncoder(right, pins);
        _leftEncoder.Begin();
        _rightEncoder.Begin();
        Feel();
        _thread = new Thread(Run) { IsBackground = true, Name = "wired rover" };
    }

    public YardWorld World { get; }

    public WiredRoverFaults Faults { get; } = new();

    /// <summary>To be plugged into the board's bus.</summary>
    public SimulatedMpu6050 Imu { get; } = new();

    /// <summary>To be plugged into the board's bus; it looks ahead from the rover's front.</summary>
    public SimulatedVl53l0x RangeFinder { get; } = new();

    /// <summary>Presses the stop button or lets it go, at once. Any thread.</summary>
    public void PressStop(bool pressed)
    {
        lock (_buttonGate)
        {
            _buttonOpen = pressed;
            _pins.Drive(_button, pressed);
        }
    }

    public void Start()
    {
        PressStop(false);
        _thread.Start();
    }

    /// <exception cref="InvalidOperationException">The world stopped by itself; the inner exception says why.</exception>
    public void Dispose()
    {
        _stopped.Set();
        if (_thread.ThreadState != ThreadState.Unstarted)
            _thread.Join();
        _stopped.Dispose();
        if (_failure is not null)
            throw new InvalidOperationException($"the simulated rover stopped: {_failure.Message}", _failure);
    }

    private void Run()
    {
        try
        {
            var before = _time.GetTimestamp();
            var behind = TimeSpan.Zero;
            while (!_stopped.Wait(Step))
            {
                var now = _time.GetTimestamp();
                behind += _time.GetElapsedTime(before, now);
                before = now;
                if (behind > MostBehind)
                    behind = MostBehind;
                while (behind > TimeSpan.Zero && !_stopped.IsSet)
                {
                    var slice = behind < 2 * Step ? behind : 2 * Step;
                    Move(slice);
                    behind -= slice;
                }
            }
        }
        catch (Exception error)
        {
            _failure = error; // told to whoever disposes this: a world that stands still fails every case
        }
    }

    private void Move(TimeSpan time)
    {
        HoldButton();
        var state = World.State;
        var crossed = Faults.MotorsCrossed;
        var isAwake = _pins.Level(_standby) && !Faults.BridgeDead;
        var left = Bridge(crossed ? _right : _left, isAwake, state.LeftWheelSpeed, LeftMotorShare);
        var right = Bridge(crossed ? _left : _right, isAwake, state.RightWheelSpeed, 1);
        if (left is null && right is null)
            World.Brake();
        else
            World.TrySetWheels(new WheelCommand(new WheelSet(left ?? 0, right ?? 0, 0, 0)));
        World.Step(time);
        TurnEncoders();
        Feel();
    }

    /// <summary>A closed contact wins against a pull-up, which gpio-sim lets win when it is switched on.</summary>
    private void HoldButton()
    {
        lock (_buttonGate)
        {
            if (!_buttonOpen)
                _pins.Drive(_button, false);
        }
    }

    /// <returns>Radians a second that the motor strives for; null where it is shorted.</returns>
    private double? Bridge(BoardWheel wheel, bool isAwake, double speed, double share)
    {
        const double runOut = 0.98; // a step, of a motor that nobody drives or brakes
        if (!isAwake)
            return speed * runOut;
        var (in1, in2) = (_pins.Level(wheel.In1), _pins.Level(wheel.In2));
        var duty = _pwm.Last(wheel.PwmChannel).Duty;
        if (in1 && in2)
            return null;
        if (!in1 && !in2)
            return duty > 0 ? speed * runOut : null; // a TB6612 whose PWM is low brakes
        var strength = Math.Max(0, duty - Friction) / (1 - Friction);
        return (in1 ? 1 : -1) * strength * share * wheel.NoLoadRadiansPerSecond;
    }

    /// <summary>Gives the encoders' edges, one at a time.</summary>
    private void TurnEncoders()
    {
        World.TrySense(timestamp: 0, out var wheels);
        while (true)
        {
            var isLeftOn = !Faults.LeftEncoderStuck && _leftEncoder.TryStep(Faults.LeftEncoderBackwards ? -wheels.Angles.FrontLeft : wheels.Angles.FrontLeft);
            var isRightOn = _rightEncoder.TryStep(wheels.Angles.FrontRight);
            if (!isLeftOn && !isRightOn)
                return;
            _stopped.Wait(EdgePause);
        }
    }

    private void Feel()
    {
        var state = World.State;
        Imu.Feel(new Vector3(0, (float)(state.Speed * state.TurnRate), (float)StandardGravity), new Vector3(0, 0, (float)(Faults.GyroscopeUpsideDown ? -state.TurnRate : state.TurnRate)));
        RangeFinder.See(state.RangeAhead);
    }
}
