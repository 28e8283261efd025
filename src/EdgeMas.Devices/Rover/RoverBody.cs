using System.Device.Pwm;
using EdgeMas.Core.Motion;
using EdgeMas.Devices.Buses;
using EdgeMas.Devices.Chips.Pca9685;
using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Gpio;
using EdgeMas.Devices.Stopping;
using EdgeMas.Devices.Watches;

namespace EdgeMas.Devices.Rover;

/// <summary>
/// A rover of chips and pins: two motors on an H-bridge with encoders, an inertial sensor, a range finder, a stop button. It can be driven through the control loop's port
/// only, which nothing outside EdgeMas.Control may hold.
/// </summary>
/// <remarks>
/// Encoders and motors belong to the control loop's thread and never make it wait; sensors on buses are read by threads of their own, and what they have not given for
/// 100 ms counts as not measured. The stop button brakes by itself; until its line has been read it counts as held. Nothing allocates while the parts work.
/// </remarks>
internal sealed class RoverBody : IDifferentialDrive, IDisposable
{
    private static readonly TimeSpan SensePatience = TimeSpan.FromMilliseconds(100);

    private readonly RoverWheel _left;
    private readonly RoverWheel _right;
    private readonly YawWatch? _yaw;
    private readonly RangeWatch? _range;
    private readonly StopButton _stop;
    private readonly StopGuard _guard;
    private readonly GpioLines? _standby;
    private readonly Pca9685? _pca;
    private readonly TimeProvider _time;
    private readonly TimeSpan _commandTimeout;
    private readonly Lock _motors = new();
    private readonly List<IDisposable> _parts = [];
    private long _commanded;
    private volatile bool _isBraked;
    private volatile string? _motorTrouble;
    private (string? Yaw, string? Range, bool Left, bool Right, string? Motors) _told;
    private IReadOnlyList<string> _troubles = [];

    /// <summary>Opens everything and brakes. A sensor that is missing is a trouble, not an error: see <see cref="Troubles"/>.</summary>
    /// <param name="time">The system's clock: the kernel's edges carry its times.</param>
    /// <exception cref="DeviceException">A line or a PWM output is missing, forbidden or busy: without its motors a rover is none.</exception>
    public RoverBody(RoverWiring wiring, TimeProvider time)
    {
        (_time, _commandTimeout, Geometry) = (time, wiring.CommandTimeout, wiring.Geometry);
        _stop = new StopButton(Brake);
        try
        {
            if (wiring.Pwm.Pca9685Address is { } address)
                _pca = Keep(new Pca9685(I2cBuses.Open(wiring.Pwm.I2cBus, address), wiring.Pwm.FrequencyHertz));
            // Both outputs first, which opening turns off: a program that died may have left them on, and the rest may fail.
            var leftPwm = Keep(OpenPwm(wiring.Pwm, wiring.Left));
            var rightPwm = Keep(OpenPwm(wiring.Pwm, wiring.Right));
            _left = Keep(new RoverWheel("left", wiring, wiring.Left, leftPwm, time));
            _right = Keep(new RoverWheel("right", wiring, wiring.Right, rightPwm, time));
            _left.Brake();
            _right.Brake();
            _isBraked = true;
            if (wiring.StandbyLine is { } line)
                _standby = Keep(GpioLines.Open(wiring.GpioChip, [line], GpioLineSettings.Outputs(initial: 1)));
            if (wiring.Imu is { } imu)
                _yaw = Keep(new YawWatch(imu, time));
            if (wiring.RangeFinder is { } finder)
                _range = Keep(Watch(wiring, finder, time));
            _guard = Keep(new StopGuard(_stop, LookAfter, wiring.GpioChip, wiring.StopLine, "rover guard"));
        }
        catch
        {
            DisposeParts();
            throw;
        }
        _commanded = time.GetTimestamp();
        _yaw?.Start();
        _range?.Start();
        _guard.Start();
    }

    /// <summary>Raised when the stop button was pressed, after the motors were braked; on the guard's thread. Who keeps the stop latched engages it here. A button that is pressed already is told at once, perhaps twice.</summary>
    public event Action StopPressed
    {
        add => _stop.Pressed += value;
        remove => _stop.Pressed -= value;
    }

    public DifferentialDriveGeometry Geometry { get; }

    /// <summary>The stop button is held, its wire is cut, or it has not been read yet: no setpoint is taken. Any thread.</summary>
    public bool IsStopHeld => _stop.IsHeld;

    /// <summary>What does not work, one line each; empty for a rover in order. The same list for as long as nothing changes, which allocates nothing. Any thread.</summary>
    public IReadOnlyList<string> Troubles
    {
        get
        {
            lock (_parts)
            {
                var now = (_yaw?.Trouble, _range?.Trouble, _left.IsEncoderDead, _right.IsEncoderDead, _motorTrouble);
                if (now != _told)
                    (_told, _troubles) = (now, DescribeTroubles());
                return _troubles;
            }
        }
    }

    /// <summary>Edges of both encoders that were lost or made no sense. Any thread.</summary>
    public long EncoderErrors => _left.EncoderErrors + _right.EncoderErrors;

    bool IDifferentialDrive.TryRead(out DriveSensors sensors)
    {
        sensors = default;
        if (!TrySense(_left) || !TrySense(_right))
            return false;
        var now = _time.GetTimestamp();
        sensors = new DriveSensors(
            now, _left.AngleRadians, _right.AngleRadians, _yaw is null ? double.NaN : Fresh(_yaw.Latest, now), _range is null ? double.NaN : Fresh(_range.Latest, now),
            Battery: double.NaN);
        return true;
    }

    /// <returns>False while the stop button is held, for numbers that are none, or when a motor does not take them.</returns>
    bool IDifferentialDrive.TryDrive(double left, double right)
    {
        if (!double.IsFinite(left) || !double.IsFinite(right))
            return false;
        var now = _time.GetTimestamp();
        var seconds = _time.GetElapsedTime(_commanded, now).TotalSeconds;
        var (leftPower, rightPower) = (_left.PowerFor(left, seconds), _right.PowerFor(right, seconds));
        lock (_motors)
        {
            Volatile.Write(ref _commanded, now);
            if (_stop.IsHeld)
                return false;
            _isBraked = false;
            if (!(TryGive(_left, leftPower) & TryGive(_right, rightPower)))
                return false;
            _motorTrouble = null;
            return true;
        }
    }

    public void Brake()
    {
        lock (_motors)
        {
            // Each wheel, even when the other one cannot be braked.
            var isBraked = TryBrake(_left) & TryBrake(_right);
            _isBraked = isBraked;
        }
    }

    /// <summary>Brakes and lets go of everything.</summary>
    public void Dispose()
    {
        if (_parts.Count == 0)
            return;
        Brake();
        DisposeParts();
    }

    /// <summary>Brakes when setpoints stopped coming.</summary>
    private void LookAfter()
    {
        if (!_isBraked && _time.GetElapsedTime(Volatile.Read(ref _commanded)) > _commandTimeout)
            Brake();
    }

    private List<string> DescribeTroubles()
    {
        var troubles = new List<string>();
        foreach (var part in new PartWatch?[] { _yaw, _range })
        {
            if (part?.Trouble is { } trouble)
                troubles.Add($"{part.Name}: {trouble}");
        }
        foreach (var wheel in new[] { _left, _right })
        {
            if (wheel.IsEncoderDead)
                troubles.Add($"{wheel.Name} encoder: it does not follow its motor: check its wires, its supply, its direction (encoder_reversed), and that the wheel is free");
        }
        if (_motorTrouble is { } motors)
            troubles.Add($"motors: {motors}");
        return troubles;
    }

    private double Fresh(in Stamped reading, long now) => _time.GetElapsedTime(reading.Timestamp, now) <= SensePatience ? reading.Value : double.NaN;

    private PwmChannel OpenPwm(PwmWiring pwm, WheelWiring wheel) =>
        _pca is null ? PwmChannels.Open(pwm.Chip, wheel.PwmChannel, pwm.FrequencyHertz) : _pca.OpenChannel(wheel.PwmChannel);

    private bool TrySense(RoverWheel wheel)
    {
        try
        {
            wheel.Sense();
            return true;
        }
        catch (IOException error)
        {
            _motorTrouble = $"{wheel.Name} encoder: {error.Message}";
            return false;
        }
    }

    private bool TryGive(RoverWheel wheel, double power)
    {
        try
        {
            wheel.Drive(power);
            return true;
        }
        catch (IOException error)
        {
            _motorTrouble = $"{wheel.Name}: {error.Message}";
            return false;
        }
    }

    private bool TryBrake(RoverWheel wheel)
    {
        try
        {
            wheel.Brake();
            return true;
        }
        catch (IOException error)
        {
            _motorTrouble = $"{wheel.Name}: {error.Message}";
            return false;
        }
    }

    private T Keep<T>(T part)
        where T : IDisposable
    {
        _parts.Add(part);
        return part;
    }

    private void DisposeParts()
    {
        for (var i = _parts.Count - 1; i >= 0; i--)
            _parts[i].Dispose();
        _parts.Clear();
    }

    private static RangeWatch Watch(RoverWiring wiring, RangeFinderWiring finder, TimeProvider time) => finder switch
    {
        HcSr04Wiring ultrasonic => new EchoWatch(wiring.GpioChip, ultrasonic, time),
        Vl53l0xWiring laser => new LaserWatch(() => I2cBuses.Open(laser.I2cBus, laser.Address), $"i2c-{laser.I2cBus} address 0x{laser.Address:x2}", time),
        _ => throw new ArgumentException($"there is no driver for {finder}", nameof(finder)),
    };
}
