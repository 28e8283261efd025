using System.Device.I2c;
using EdgeMas.Core.Motion;
using EdgeMas.Devices.Boards;
using EdgeMas.Devices.Buses;
using EdgeMas.Devices.Chips.Gnss;
using EdgeMas.Devices.Gpio;
using EdgeMas.Devices.Stopping;
using EdgeMas.Devices.Watches;

namespace EdgeMas.Devices.Quadrotor;

/// <summary>
/// A quadrotor of chips: speed controllers on a PCA9685, an MPU-6050, a range finder that looks down, a GNSS receiver, perhaps a battery sensor and a stop button. It can be flown through the control
/// loop's port only, which nothing outside EdgeMas.Control may hold.
/// </summary>
/// <remarks>
/// <para>On the ground it gives no reading, and so takes no order, until all of its parts work, the speed controllers are armed, it has stood still for a moment, and its place is known.</para>
/// <para>In the air: without the inertial sensor, or with a PCA9685 that is not believed, it gives no reading and is cut, for nothing flies without them. Any other sensor that fails makes it land
/// (<see cref="QuadrotorSensors.MustLand"/>) by those that are left. Setpoints that stop coming cut the rotors.</para>
/// <para>The control loop's thread never waits for a bus: sensors and speed controllers have threads of their own. Nothing allocates while the parts work. The chip makes its pulses by itself: when this process dies they go on, unless
/// the supply pulls OE up (see <see cref="QuadrotorWiring.OutputEnableLine"/>).</para>
/// </remarks>
public sealed class QuadrotorMount : IQuadrotor, IMountedBody
{
    /// <summary>Without a measurement for so long a sensor has failed.</summary>
    private static readonly TimeSpan RangePatience = TimeSpan.FromSeconds(1); // it may be set up anew meanwhile
    private static readonly TimeSpan BatteryPatience = TimeSpan.FromSeconds(1.5);

    private readonly QuadrotorWiring _wiring;
    private readonly TimeProvider _time;
    private readonly Func<QuadrotorWiring, QuadrotorWiring> _find;
    private readonly StopButton _stop;
    private readonly RotorDrive _rotors;
    private readonly Navigation _navigation;
    private readonly InertialWatch _imu;
    private readonly LaserWatch _height;
    private readonly GnssWatch _satellites;
    private readonly BatteryWatch? _battery;
    private readonly ManualResetEventSlim _ended = new();
    private readonly Thread? _guarding;
    private StopGuard? _guard;
    private volatile string? _guardTrouble;
    private readonly Lock _telling = new();
    private (string? Rotors, string? Guard, string? Imu, string? Height, string? Satellites, string? Battery, string? Navigation) _told;
    private IReadOnlyList<string> _troubles = [];

    /// <summary>Opens the parts, now or when that becomes possible. No rotor turns before the first setpoint.</summary>
    /// <param name="time">The system's clock.</param>
    /// <param name="find">Names this machine's chip and buses for a board's, each time that they are looked for, with an <see cref="IOException"/> where they are missing; null where the wiring has their numbers.</param>
    /// <exception cref="ArgumentException">The wiring cannot be; the message says why.</exception>
    public QuadrotorMount(QuadrotorWiring wiring, TimeProvider time, Func<QuadrotorWiring, QuadrotorWiring>? find = null)
        : this(wiring, time, find ?? (static known => known), static (bus, address) => I2cBuses.Open(bus, address), OpenEnable)
    {
    }

    internal QuadrotorMount(
        QuadrotorWiring wiring, TimeProvider time, Func<QuadrotorWiring, QuadrotorWiring> find, Func<int, int, I2cDevice> open, Func<QuadrotorWiring, IOutputLines> openEnable)
    {
        wiring.Rotors.Check();
        (_wiring, _time, _find) = (wiring, time, find);
        _stop = new StopButton(Cut);
        _rotors = new RotorDrive(wiring, _stop, time, () => Open(found => (found.Rotors.I2cBus, found.Rotors.Address)), () => openEnable(find(wiring)));
        _height = new LaserWatch(() => Open(found => (found.Height.I2cBus, found.Height.Address)), $"address 0x{wiring.Height.Address:x2}", time);
        _satellites = new GnssWatch(wiring.Satellites.Receiver, time);
        if (wiring.Battery is { } battery)
            _battery = new BatteryWatch(battery, () => Open(found => (found.Battery!.I2cBus, found.Battery.Address)), time);
        _navigation = new Navigation(wiring, () => _height.Latest, _satellites.TryGetFix, () => _rotors.IsSpinning, time);
        _imu = new InertialWatch(wiring.Imu, () => Open(found => (found.Imu.I2cBus, found.Imu.Address)), _navigation);
        if (!TryGuard())
        {
            _guarding = new Thread(RetryGuard) { IsBackground = true, Name = "quadrotor guard" };
            _guarding.Start();
        }
        _rotors.Start();
        _imu.Start();
        _height.Start();
        _satellites.Start();
        _battery?.Start();

        I2cDevice Open(Func<QuadrotorWiring, (int Bus, int Address)> part)
        {
            var (bus, address) = part(find(wiring));
            return open(bus, address);
        }
    }

    /// <summary>Raised when the stop button was pressed, after the rotors were cut; on a thread of the body's. Who keeps the stop latched engages it here. A button that is pressed already is told at once, perhaps twice.</summary>
    public event Action StopPressed
    {
        add => _stop.Pressed += value;
        remove => _stop.Pressed -= value;
    }

    public QuadrotorGeometry Geometry => _wiring.Geometry;

    /// <summary>The stop button is held, its wire is cut, or it cannot be read yet: no setpoint is taken. Any thread.</summary>
    public bool IsStopHeld => _stop.IsHeld;

    /// <summary>What does not work or is not ready, one line each; empty for a quadrotor that can take off. The same list for as long as nothing changes, which allocates nothing. Any thread.</summary>
    public IReadOnlyList<string> Troubles
    {
        get
        {
            lock (_telling)
            {
                var now = (_rotors.Trouble, _guardTrouble, _imu.Trouble, HeightTrouble, SatelliteTrouble, BatteryTrouble, NavigationTrouble);
                if (now != _told)
                    (_told, _troubles) = (now, Describe(now));
                return _troubles;
            }
        }
    }

    private bool HasHeight => _time.GetElapsedTime(_height.Latest.Timestamp) <= RangePatience;

    private bool HasCharge => _battery is null || _time.GetElapsedTime(_battery.Latest.Timestamp) <= BatteryPatience;

    private string? HeightTrouble => _height.Trouble ?? (HasHeight ? null : "it has measured nothing for a second");

    private string? BatteryTrouble => _battery is null ? null : _battery.Trouble ?? (HasCharge ? null : "it has measured nothing for a second");

    private string? SatelliteTrouble => _satellites.Trouble ?? (_satellites.TryGetFix(out _) ? null : "it knows no position: let it see the sky");

    private string? NavigationTrouble =>
        !_navigation.IsAligned ? "it has to stand still for a moment, for its vertical" : !_navigation.HasPlace ? "it has to stand until its place is known" : null;

    bool IQuadrotor.TryRead(out QuadrotorSensors sensors)
    {
        sensors = default;
        if (!_navigation.IsAligned)
            return false;
        var areWell = HasHeight && HasCharge && _satellites.TryGetFix(out _);
        var isFlying = _rotors.IsSpinning;
        sensors = _navigation.Latest with { Battery = _battery?.Latest.Value ?? double.NaN, MustLand = isFlying && !areWell };
        return isFlying || (areWell && _navigation.HasPlace && _rotors.IsReady);
    }

    /// <returns>False while it is not ready or the stop button is held, and for numbers that are none.</returns>
    bool IQuadrotor.TrySpin(in RotorSpeeds speeds) => _navigation.IsAligned && _rotors.TrySpin(speeds);

    public void Cut() => _rotors.Cut();

    /// <summary>Cuts the rotors and lets go of everything. A second time does nothing.</summary>
    public void Dispose()
    {
        if (_ended.IsSet)
            return;
        _ended.Set();
        _rotors.Dispose();
        _guarding?.Join();
        _guard?.Dispose();
        _imu.Dispose();
        _height.Dispose();
        _satellites.Dispose();
        _battery?.Dispose();
    }

    private static IOutputLines OpenEnable(QuadrotorWiring found) =>
        GpioLines.Open(found.GpioChip, [found.OutputEnableLine], GpioLineSettings.Outputs(initial: 1), "edgemas rotors");

    private bool TryGuard()
    {
        try
        {
            _guard = new StopGuard(_stop, _rotors.LookAfter, _find(_wiring).GpioChip, _wiring.StopLine, "quadrotor guard");
            _guard.Start();
            _guardTrouble = null;
            return true;
        }
        catch (IOException error)
        {
            _guardTrouble = error.Message; // the stop counts as held: nothing flies
            return false;
        }
    }

    private void RetryGuard()
    {
        while (!_ended.Wait(TimeSpan.FromSeconds(1)) && !TryGuard())
        {
            // its trouble is told
        }
    }

    private static List<string> Describe(
        (string? Rotors, string? Guard, string? Imu, string? Height, string? Satellites, string? Battery, string? Navigation) now)
    {
        var troubles = new List<string>();
        foreach (var (part, trouble) in new[]
        {
            ("stop button", now.Guard), ("speed controllers", now.Rotors), ("inertial sensor", now.Imu), ("range finder", now.Height), ("GNSS receiver", now.Satellites), ("battery sensor", now.Battery),
            ("navigation", now.Navigation),
        })
        {
            if (trouble is not null)
                troubles.Add($"{part}: {trouble}");
        }
        return troubles;
    }
}
