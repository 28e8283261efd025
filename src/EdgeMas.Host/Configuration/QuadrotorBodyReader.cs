using EdgeMas.Core.Motion;
using EdgeMas.Devices.Boards;
using EdgeMas.Devices.Chips.Gnss;
using EdgeMas.Devices.Chips.Ina219;
using EdgeMas.Devices.Chips.Mpu6050;
using EdgeMas.Devices.Chips.Pca9685;
using EdgeMas.Devices.Chips.Vl53l0x;
using EdgeMas.Devices.Quadrotor;
using EdgeMas.Devices.Serial;
using EdgeMas.Simulation.Flight;

namespace EdgeMas.Host.Configuration;

/// <summary>Reads what a quadrotor is made of, and how its parts hang on a board's header.</summary>
internal sealed class QuadrotorBodyReader
{
    private const double Degree = Math.PI / 180;
    private const double StandardGravity = 9.80665;

    /// <summary>Of the weight, below which four rotors carry nothing about.</summary>
    private const double LeastThrust = 1.3;

    private const double LeastSpanUs = 200;

    /// <summary>Of a receiver that tells five times a second.</summary>
    private static readonly TimeSpan MostFixAge = TimeSpan.FromSeconds(1);

    private readonly Section _body;
    private readonly HeaderReader _header;
    private readonly Dictionary<(int Bus, int Address), string> _chips = [];

    private QuadrotorBodyReader(Section body, HeaderReader header) => (_body, _header) = (body, header);

    /// <param name="quadrotor">Becomes that of this frame, for who simulates it.</param>
    /// <returns>Null for a simulated quadrotor, and where a mistake was told.</returns>
    public static QuadrotorBodyConfiguration? Read(Section root, RobotConfiguration robot, ref QuadrotorDescription quadrotor)
    {
        var body = root.Child("body");
        if (body.Choice("kind", "simulated", "simulated", "devices") == "simulated")
        {
            body.Close();
            return null;
        }
        return HeaderReader.Read(body) is { } header ? new QuadrotorBodyReader(body, header).Read(robot, ref quadrotor) : null;
    }

    private QuadrotorBodyConfiguration? Read(RobotConfiguration robot, ref QuadrotorDescription quadrotor)
    {
        quadrotor = ReadFrame(quadrotor);
        var chip = Part("pca9685", "{ bus: i2c-1, address: 0x40, output_enable: GPIO17 }");
        var (bus, address) = ReadChip(chip, Pca9685.DefaultAddress);
        if (address < Pca9685.DefaultAddress)
            chip.Refuse("address", $"0x{address:x2} is below 0x40: a PCA9685 has 0x40, and what its address pins add");
        var frequency = chip.Number("frequency_hz", 400, 50, 400);
        var clock = chip.Number("clock_hz", 25_000_000, 20_000_000, 30_000_000);
        if (_body.Has("pca9685") && !chip.Has("output_enable"))
            chip.Refuse("output_enable", "is missing: wire the chip's OE to a pin, with a resistor to the supply: nothing else stops the rotors while the bus hangs or the computer is dead");
        var enable = chip.Has("output_enable") ? _header.ReadPin(chip, "output_enable", "GPIO17") : 0;
        chip.Close();
        var wiring = new QuadrotorWiring
        {
            Geometry = new QuadrotorGeometry(
                quadrotor.MassKg, quadrotor.ArmLengthM, new Vector3D(quadrotor.InertiaRollKgM2, quadrotor.InertiaPitchKgM2, quadrotor.InertiaYawKgM2),
                quadrotor.ThrustFactorNPerRad2, quadrotor.TorqueFactorNmPerRad2, quadrotor.MaxRotorSpeedRadPerS),
            Rotors = ReadRotors(bus, address, frequency) with { FrequencyHertz = frequency, ClockHertz = clock },
            GpioChip = _header.Board.GpioChip,
            OutputEnableLine = enable,
            Imu = ReadImu(),
            Height = ReadHeight(),
            Satellites = ReadSatellites(),
            Battery = _body.Has("battery") ? ReadBattery() : null,
            StopLine = _body.Has("stop_button") ? _header.ReadStopButton(_body.Child("stop_button")) : null,
            Start = new Vector3D(robot.World.Start.At.X, robot.World.Start.At.Y, 0),
            StartYaw = robot.World.Start.HeadingDeg * Degree,
            CommandTimeout = TimeSpan.FromMilliseconds(_body.Number("command_timeout_ms", 250, 20, 1000)),
        };
        _body.Close();
        return _header.I2cBuses.Count == 0 ? null : new QuadrotorBodyConfiguration(_header.Board, wiring, _header.I2cBuses);
    }

    private QuadrotorDescription ReadFrame(QuadrotorDescription usual)
    {
        var frame = _body.Child("frame");
        var inertia = frame.Numbers("inertia_kgm2", 3, 1e-6, 10, "[roll, pitch, yaw] in kg m2") ?? [usual.InertiaRollKgM2, usual.InertiaPitchKgM2, usual.InertiaYawKgM2];
        var speed = usual.MaxRotorSpeedRadPerS;
        var most = frame.Number("max_rotor_rpm", Math.Round(speed * 30 / Math.PI), 100, 100_000) * Math.PI / 30;
        var thrust = frame.Number("max_thrust_n", Math.Round(usual.ThrustFactorNPerRad2 * speed * speed, 2), 0.01, 1000);
        var torque = frame.Number("max_torque_nm", Math.Round(usual.TorqueFactorNmPerRad2 * speed * speed, 4), 0.0001, 100);
        if (4 * thrust < LeastThrust * usual.MassKg * StandardGravity)
            frame.Refuse("max_thrust_n", FormattableString.Invariant($"four rotors of {thrust:0.##} N carry less than {LeastThrust} times the weight of {usual.MassKg:0.##} kg: give the thrust of one rotor at full speed, or larger rotors"));
        var read = usual with
        {
            ArmLengthM = frame.Number("arm_length_m", usual.ArmLengthM, 0.02, 2),
            InertiaRollKgM2 = inertia[0],
            InertiaPitchKgM2 = inertia[1],
            InertiaYawKgM2 = inertia[2],
            MaxRotorSpeedRadPerS = most,
            ThrustFactorNPerRad2 = thrust / (most * most),
            TorqueFactorNmPerRad2 = torque / (most * most),
        };
        frame.Close();
        return read;
    }

    private RotorsWiring ReadRotors(int bus, int address, double frequency)
    {
        var section = Part("escs", "{ channels: [0, 1, 2, 3], pulse_us: [1000, 2000] }");
        var read = section.RequiredNumbers("channels", 4, 0, Pca9685.ChannelCount - 1, "[front left, front right, back left, back right], outputs of the PCA9685");
        int[] channels = [.. read.Select(channel => (int)channel)];
        if (section.Has("channels") && (read.Any(channel => channel != Math.Floor(channel)) || channels.Distinct().Count() != 4 || channels.Max() - channels.Min() != 3))
            section.Refuse("channels", $"[{string.Join(", ", read)}] are not four neighbouring outputs: hang the speed controllers on four in a row, in any order, so that one transfer tells all");
        var pulse = section.Numbers("pulse_us", 2, 500, 2500, "[standing still, full speed] in microseconds") ?? [1000, 2000];
        if (pulse[1] - pulse[0] < LeastSpanUs || pulse[1] >= 1e6 / frequency)
            section.Refuse("pulse_us", FormattableString.Invariant($"[{pulse[0]:0.##}, {pulse[1]:0.##}] must grow by {LeastSpanUs} or more, and be shorter than the period, {1e6 / frequency:0} at {frequency:0.##} Hz"));
        var arming = section.Number("arming_s", 2, 0, 10);
        section.Close();
        return new RotorsWiring(bus, address, channels[0], channels[1], channels[2], channels[3])
        {
            ShortestPulse = TimeSpan.FromMicroseconds(pulse[0]),
            LongestPulse = TimeSpan.FromMicroseconds(pulse[1]),
            ArmingTime = TimeSpan.FromSeconds(arming),
        };
    }

    private InertialWiring ReadImu()
    {
        var section = Part("imu", "{ chip: mpu6050, bus: i2c-1 }");
        section.Choice("chip", "mpu6050", "mpu6050");
        var (bus, address) = ReadChip(section, Mpu6050.DefaultAddress);
        var turned = section.Choice("turned_deg", "0", "0", "90", "180", "270");
        var imu = new InertialWiring(bus, address, int.Parse(turned, System.Globalization.CultureInfo.InvariantCulture) / 90, section.Flag("upside_down", false));
        section.Close();
        return imu;
    }

    private HeightWiring ReadHeight()
    {
        var section = Part("height", "{ chip: vl53l0x, bus: i2c-1, mount_height_m: 0.06 }");
        section.Choice("chip", "vl53l0x", "vl53l0x");
        var (bus, address) = ReadChip(section, Vl53l0x.DefaultAddress);
        var height = new HeightWiring(bus, address, section.Number("mount_height_m", 0.06, 0.03, 1));
        section.Close();
        return height;
    }

    private SatelliteWiring ReadSatellites()
    {
        var section = Part("gnss", "{ bus: serial, baud: 38400 }");
        var bus = _header.ReadBus(section, BoardBusKind.Serial);
        foreach (var pin in bus?.Pins ?? [])
            _header.Claim(section, "bus", pin);
        var settings = new SerialSettings(section.Whole("baud", 9600, SerialSettings.LeastBaud, SerialSettings.MostBaud));
        var bearing = section.Number("x_axis_deg", 90, -360, 360) * Degree;
        section.Close();
        return new SatelliteWiring(new GnssWiring(bus?.Find() ?? bus?.Node ?? "", settings, bus?.Enable) { MaxAge = MostFixAge }, bearing);
    }

    private BatteryWiring ReadBattery()
    {
        var section = _body.Child("battery");
        section.Choice("chip", "ina219", "ina219");
        var (bus, address) = ReadChip(section, Ina219.DefaultAddress);
        var shunt = section.Number("shunt_ohms", 0.01, 0.0001, 1);
        var most = section.Number("max_amperes", 30, 0.1, 1000);
        var (empty, full) = (section.Number("empty_v", 13.2, 1, 31), section.Number("full_v", 16.4, 1, 32));
        if (shunt * most > 0.32 + 1e-9)
            section.Refuse("max_amperes", FormattableString.Invariant($"{most:0.##} A through {shunt:0.####} ohms are more than an INA219's 0.32 V: take a smaller shunt"));
        if (full <= empty)
            section.Refuse("full_v", FormattableString.Invariant($"{full:0.##} V is no more than empty_v ({empty:0.##})"));
        section.Close();
        return new BatteryWiring(bus, address, shunt, most, empty, full);
    }

    private Section Part(string key, string example)
    {
        if (!_body.Has(key))
            _body.Refuse(key, $"is missing: write {key}: {example}");
        return _body.Child(key);
    }

    /// <summary>A chip's bus and address, which no other has.</summary>
    private (int Bus, int Address) ReadChip(Section section, int usual)
    {
        var (bus, address) = (_header.ReadI2c(section), HeaderReader.ReadAddress(section, usual));
        if (!_chips.TryAdd((bus, address), section.Path) && _chips[(bus, address)] is var other)
            section.Refuse("address", $"0x{address:x2} is {other}'s already: set this chip's address pins");
        return (bus, address);
    }
}
