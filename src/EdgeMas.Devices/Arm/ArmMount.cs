using System.Device.I2c;
using EdgeMas.Core.Motion;
using EdgeMas.Devices.Boards;
using EdgeMas.Devices.Buses;
using EdgeMas.Devices.Gpio;
using EdgeMas.Devices.Stopping;

namespace EdgeMas.Devices.Arm;

/// <summary>
/// An arm of hobby servos on a PCA9685, with a stop button. It can be moved through the control loop's port only, which nothing outside EdgeMas.Control may hold. A bus or a chip that is missing or
/// fails is a trouble and no end: it is looked for again each second.
/// </summary>
/// <remarks>
/// <para>Hobby servos report no position: what is read is what they were told last. Before their first pulse, and after an emergency stop that let them go, nobody knows where they stand: they jump to
/// the first pulse as fast as they can.</para>
/// <para>Safe states. At rest, when the owner of a motion falls silent, and while the bus fails, the servos keep their pulses, which the chip makes by itself, so that the arm holds; a host that dies leaves
/// it so, and the next one takes the pulses over. An emergency stop, and the end of the program, do what <see cref="ArmWiring.EmergencyStop"/> says. A chip whose supply failed is set up anew
/// without pulses: servos would jump to them, and nobody has asked for that.</para>
/// <para>The control loop's thread never waits for the bus: a thread of its own gives the newest setpoint at twice the servos' rate, and reads the chip back. An emergency stop is written by who engages it. Nothing
/// allocates while the parts work.</para>
/// </remarks>
public sealed class ArmMount : IServoArm, IMountedBody
{
    private const int Holding = 0;
    private const int Moving = 1;
    private const int Halted = 2;

    /// <summary>Of one transfer in a row: servos make noise on the bus.</summary>
    private const int ForgivenFailures = 1;

    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMilliseconds(5);

    /// <summary>A transfer of the servos' thread takes a millisecond or two; one that hangs is not waited for.</summary>
    private static readonly TimeSpan HaltPatience = TimeSpan.FromMilliseconds(5);

    private readonly ArmWiring _wiring;
    private readonly TimeProvider _time;
    private readonly Func<ArmWiring, ArmWiring> _find;
    private readonly Func<ArmWiring, I2cDevice> _open;
    private readonly TimeSpan _period;
    private readonly LatestValue<JointVector> _setpoint = new();
    private readonly LatestValue<ArmSensors> _told;
    private readonly Lock _bus = new();
    private readonly ManualResetEventSlim _stopped = new();
    private readonly Thread _thread;
    private readonly StopButton _stop;
    private StopGuard? _guard;
    private volatile ArmServos? _servos;
    private volatile GpioLines? _enable;
    private volatile IReadOnlyList<string> _troubles = [];
    private volatile bool _isThere;
    private volatile int _failures;
    private int _state;
    private long _taken;

    /// <summary>Opens the chip, now or when that becomes possible. The servos get their first pulses with the first motion, unless the chip gives them some already.</summary>
    /// <param name="time">The system's clock.</param>
    /// <param name="find">Names this machine's chip and bus for a board's, each time that they are looked for, with an <see cref="IOException"/> where they are missing; null where the wiring has their numbers.</param>
    /// <exception cref="ArgumentException">The wiring cannot be; the message says why.</exception>
    public ArmMount(ArmWiring wiring, TimeProvider time, Func<ArmWiring, ArmWiring>? find = null)
        : this(wiring, time, find ?? (static known => known), static found => I2cBuses.Open(found.I2cBus, found.Address))
    {
    }

    internal ArmMount(ArmWiring wiring, TimeProvider time, Func<ArmWiring, ArmWiring> find, Func<ArmWiring, I2cDevice> open)
    {
        wiring.Check();
        _stop = new StopButton(Halt);
        (_wiring, _time, _find, _open) = (wiring, time, find, open);
        var start = default(JointVector);
        for (var i = 0; i < wiring.Joints.Count; i++)
            start[i] = wiring.Joints[i].StartAngle;
        _told = new LatestValue<ArmSensors>(new ArmSensors(0, start));
        var period = TimeSpan.FromSeconds(0.5 / wiring.FrequencyHertz); // a pulse is then never late by more than half of one
        _period = period > ShortestPeriod ? period : ShortestPeriod;
        Step();
        _thread = new Thread(Run) { IsBackground = true, Name = "servos" };
        _thread.Start();
    }

    /// <summary>Raised when the stop button was pressed, after the servos were stopped; on a thread of the body's. Who keeps the stop latched engages it here. A button that is pressed already is told at once, perhaps twice.</summary>
    public event Action StopPressed
    {
        add => _stop.Pressed += value;
        remove => _stop.Pressed -= value;
    }

    public int JointCount => _wiring.Joints.Count;

    /// <summary>The stop button is held, its wire is cut, or it cannot be read yet: no setpoint is taken. Any thread.</summary>
    public bool IsStopHeld => _stop.IsHeld;

    /// <summary>What does not work, one line each; empty for an arm in order. The same list for as long as nothing changes, which allocates nothing. Any thread.</summary>
    public IReadOnlyList<string> Troubles => _troubles;

    bool IServoArm.TryRead(out ArmSensors sensors)
    {
        sensors = _told.Read();
        return _isThere;
    }

    /// <returns>False while the chip does not answer or the stop button is held, and for numbers that are none.</returns>
    bool IServoArm.TryMove(in JointVector angles)
    {
        for (var i = 0; i < JointCount; i++)
        {
            if (!double.IsFinite(angles[i]))
                return false;
        }
        if (!_isThere || _stop.IsHeld)
            return false;
        _setpoint.Write(angles);
        Volatile.Write(ref _state, Moving);
        if (!_stop.IsHeld)
            return true;
        Halt(); // pressed meanwhile
        return false;
    }

    /// <summary>The chip goes on with the pulses that it has.</summary>
    public void Hold() => Interlocked.CompareExchange(ref _state, Holding, Moving);

    public void Halt()
    {
        Volatile.Write(ref _state, Halted);
        if (_wiring.EmergencyStop == ArmStop.Hold)
            return;
        try
        {
            _enable?.Write(0, true); // needs no bus
            if (_failures > 0 || _servos is not { ArePulsing: true } || !TryTakeBus())
                return; // a bus that fails, or a transfer that runs: the servos' thread does it as soon as it can
            try
            {
                if (_servos is { ArePulsing: true } servos)
                    servos.LetGo();
            }
            finally
            {
                _bus.Exit();
            }
        }
        catch (IOException error)
        {
            Tell(error); // the servos' thread tries again
        }
    }

    /// <summary>As <see cref="Lock.TryEnter(TimeSpan)"/>, which allocates when it has to wait.</summary>
    private bool TryTakeBus()
    {
        var began = _time.GetTimestamp();
        var wait = new SpinWait();
        while (!_bus.TryEnter())
        {
            if (_time.GetElapsedTime(began) > HaltPatience)
                return false;
            wait.SpinOnce();
        }
        return true;
    }

    /// <summary>Stops as an emergency stop does, and lets go of everything. A second time does nothing.</summary>
    public void Dispose()
    {
        if (_stopped.IsSet)
            return;
        _stopped.Set();
        _thread.Join();
        Halt();
        _guard?.Dispose();
        var (servos, enable) = (_servos, _enable);
        (_servos, _enable) = (null, null);
        servos?.Dispose();
        enable?.Dispose();
    }

    private void Run()
    {
        while (!_stopped.Wait(_servos is null ? RetryPause : _period))
            Step();
    }

    private void Step()
    {
        try
        {
            if (_servos is null)
                Open();
            Drive();
            _failures = 0;
        }
        catch (IOException) when (_servos is not null && _failures < ForgivenFailures)
        {
            _failures++; // the next step tries again: told if it fails, too
        }
        catch (IOException error)
        {
            Lose(error);
        }
    }

    private void Open()
    {
        var found = _find(_wiring);
        if (_wiring.StopLine is null)
        {
            _stop.Hold(false);
        }
        else if (_guard is null)
        {
            _guard = new StopGuard(_stop, lookAfter: null, found.GpioChip, found.StopLine, "arm guard");
            _guard.Start();
        }
        lock (_bus)
        {
            var servos = new ArmServos(found, _open(found), _told.Read().Angles);
            _servos = servos;
            if (found.OutputEnableLine is { } line && _enable is null)
                _enable = GpioLines.Open(found.GpioChip, [line], GpioLineSettings.Outputs(initial: servos.ArePulsing ? 0u : 1u), "edgemas servos");
            else if (!servos.ArePulsing)
                _enable?.Write(0, true);
        }
        Hold(); // what was asked of the servos before is over
        _failures = ForgivenFailures; // a chip that fails at once is none
    }

    private void Drive()
    {
        lock (_bus)
        {
            var servos = _servos!;
            if (Volatile.Read(ref _state) == Moving && _setpoint.TryRead(out var angles, out var version) && version != _taken)
            {
                servos.Give(angles);
                _enable?.Write(0, false);
                _taken = version;
            }
            if (Volatile.Read(ref _state) == Halted && _wiring.EmergencyStop == ArmStop.Release) // perhaps meanwhile
            {
                _enable?.Write(0, true);
                if (servos.ArePulsing)
                    servos.LetGo();
            }
            servos.Look();
            _told.Write(new ArmSensors(_time.GetTimestamp(), servos.Angles));
        }
        if (_troubles.Count > 0)
            _troubles = [];
        _isThere = true;
    }

    private void Lose(IOException error)
    {
        _isThere = false;
        Tell(error);
        Hold();
        lock (_bus)
        {
            _servos?.Dispose();
            _servos = null;
        }
    }

    private void Tell(IOException error)
    {
        var trouble = $"servos: {error.Message}";
        if (_troubles is not [var told] || told != trouble)
            _troubles = [trouble];
    }
}
