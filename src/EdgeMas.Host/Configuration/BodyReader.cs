using EdgeMas.Core.Motion;
using EdgeMas.Devices.Boards;
using EdgeMas.Devices.Chips.HBridge;
using EdgeMas.Devices.Rover;

namespace EdgeMas.Host.Configuration;

/// <summary>Reads what a rover's body is made of: drivers wired to pins and buses of a board's file.</summary>
internal sealed class BodyReader
{
    private readonly Section _body;
    private readonly HeaderReader _header;

    private BodyReader(Section body, HeaderReader header) => (_body, _header) = (body, header);

    /// <returns>Null for a simulated body.</returns>
    public static BodyConfiguration? Read(Section root)
    {
        var body = root.Child("body");
        if (body.Choice("kind", "simulated", "simulated", "devices") == "simulated")
        {
            body.Close();
            return null;
        }
        return HeaderReader.Read(body) is { } header ? new BodyReader(body, header).ReadDevices() : null;
    }

    private BodyConfiguration ReadDevices()
    {
        var (pwm, pwmBus) = ReadPwm(_body.Child("pwm"));
        var bridge = _body.Child("bridge");
        var wiring = new RoverWiring
        {
            GpioChip = _header.Board.GpioChip,
            Geometry = new DifferentialDriveGeometry(_body.Number("wheel_radius_m", 0.08, 0.005, 1), _body.Number("track_width_m", 0.36, 0.02, 5)),
            Bridge = bridge.Choice("chip", "tb6612", "tb6612", "l298") == "l298" ? HBridgeKind.L298 : HBridgeKind.Tb6612,
            StandbyLine = bridge.Has("standby") ? _header.ReadPin(bridge, "standby", "GPIO24") : null,
            Pwm = pwm,
            Left = ReadWheel("left", pwmBus),
            Right = ReadWheel("right", pwmBus),
            Imu = _body.Has("imu") ? ReadImu(_body.Child("imu")) : null,
            RangeFinder = _body.Has("range_finder") ? ReadRangeFinder(_body.Child("range_finder")) : null,
            StopLine = _body.Has("stop_button") ? _header.ReadStopButton(_body.Child("stop_button")) : null,
            CommandTimeout = TimeSpan.FromMilliseconds(_body.Number("command_timeout_ms", 250, 20, 5000)),
        };
        bridge.Close();
        if (wiring.Left.PwmChannel == wiring.Right.PwmChannel)
            _body.Child("right").Refuse("pwm_channel", $"{wiring.Right.PwmChannel} is the left motor's, too: give each motor its own");
        _body.Close();
        return new BodyConfiguration(_header.Board, wiring, pwmBus, _header.I2cBuses) { Pins = _header.Used };
    }

    private (PwmWiring Pwm, BoardBus? Bus) ReadPwm(Section section)
    {
        (PwmWiring, BoardBus?) pwm;
        if (section.Choice("chip", "board", "board", "pca9685") == "pca9685")
        {
            pwm = (new PwmWiring(0, section.Whole("frequency_hz", 1000, 24, 1526), _header.ReadI2c(section), HeaderReader.ReadAddress(section, Devices.Chips.Pca9685.Pca9685.DefaultAddress)), null);
        }
        else
        {
            var bus = _header.ReadBus(section, BoardBusKind.Pwm);
            pwm = (new PwmWiring(0, section.Whole("frequency_hz", 20_000, 100, 100_000)), bus);
        }
        section.Close();
        return pwm;
    }

    private WheelWiring ReadWheel(string side, BoardBus? pwmBus)
    {
        var section = _body.Child(side);
        if (!_body.Has(side))
            _body.Refuse(side, $"is missing: write {side}: {{ in1: GPIO16, in2: GPIO17, pwm_channel: 0, encoder: [GPIO20, GPIO21], counts_per_turn: 1320, no_load_rpm: 200 }}");
        if (!section.Has("pwm_channel"))
            section.Refuse("pwm_channel", "is missing: write the channel of the PWM that the motor's bridge hangs on, from 0");
        var channel = section.Whole("pwm_channel", 0, 0, 15);
        if (pwmBus is not null && channel < pwmBus.Pins.Count)
            _header.Claim(section, "pwm_channel", pwmBus.Pins[channel]);
        else if (pwmBus is not null)
            section.Refuse("pwm_channel", $"{_header.Board.Title} brings channels 0 to {pwmBus.Pins.Count - 1} to its header");
        var encoder = _header.ReadPins(section, "encoder", 2, "[GPIO20, GPIO21]");
        if (!section.Has("counts_per_turn"))
            section.Refuse("counts_per_turn", "is missing: four times the encoder's pulses in one turn of the wheel, gear included");
        if (!section.Has("no_load_rpm"))
            section.Refuse("no_load_rpm", "is missing: turns a minute of the wheel at full voltage without load, from the motor's data sheet");
        var wheel = new WheelWiring(
            _header.ReadPin(section, "in1", "GPIO16"), _header.ReadPin(section, "in2", "GPIO17"), channel, encoder[0], encoder[1], section.Number("counts_per_turn", 1320, 4, 1_000_000),
            section.Number("no_load_rpm", 200, 1, 50_000) * 2 * Math.PI / 60)
        {
            MotorReversed = section.Flag("motor_reversed", false),
            EncoderReversed = section.Flag("encoder_reversed", false),
        };
        section.Close();
        return wheel;
    }

    private ImuWiring ReadImu(Section section)
    {
        section.Choice("chip", "mpu6050", "mpu6050");
        var imu = new ImuWiring(_header.ReadI2c(section), HeaderReader.ReadAddress(section, Devices.Chips.Mpu6050.Mpu6050.DefaultAddress), section.Flag("upside_down", false));
        section.Close();
        return imu;
    }

    private RangeFinderWiring ReadRangeFinder(Section section)
    {
        RangeFinderWiring finder = section.Choice("chip", "vl53l0x", "vl53l0x", "hcsr04") == "hcsr04"
            ? new HcSr04Wiring(_header.ReadPin(section, "trigger", "GPIO24"), _header.ReadPin(section, "echo", "GPIO25"))
            : new Vl53l0xWiring(_header.ReadI2c(section), HeaderReader.ReadAddress(section, Devices.Chips.Vl53l0x.Vl53l0x.DefaultAddress));
        section.Close();
        return finder;
    }
}
