using System.Globalization;
using EdgeMas.Core.Motion;
using EdgeMas.Devices.Boards;
using EdgeMas.Devices.Chips.HBridge;
using EdgeMas.Devices.Rover;
using EdgeMas.Host.Boards;

namespace EdgeMas.Host.Configuration;

/// <summary>Reads what a robot's body is made of: drivers wired to pins and buses of a board's file.</summary>
internal sealed class BodyReader
{
    private readonly Section _body;
    private readonly Board _board;
    private readonly List<BoardBus> _i2c = [];
    private readonly Dictionary<int, string> _used = [];

    private BodyReader(Section body, Board board) => (_body, _board) = (body, board);

    /// <returns>Null for a simulated body.</returns>
    public static BodyConfiguration? Read(Section root)
    {
        var body = root.Child("body");
        if (body.Choice("kind", "simulated", "simulated", "devices") == "simulated")
        {
            body.Close();
            return null;
        }
        if (FindBoard(body) is { } board)
            return new BodyReader(body, board).ReadDevices();
        return null;
    }

    private static Board? FindBoard(Section body)
    {
        var name = body.RequiredText("board", "raspberry-pi-5");
        if (name.Length == 0)
            return null;
        if (BoardShelf.Folder() is not { } folder)
        {
            body.Refuse("board", "there is no hardware/boards beside the program or above it: run edgemas from its checkout, or copy hardware/ beside it");
            return null;
        }
        string[] known = [.. Directory.EnumerateFiles(folder, "*.yaml").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)!];
        if (known.Contains(name, StringComparer.Ordinal))
            return BoardFile.Read(Path.Combine(folder, $"{name}.yaml"));
        body.Refuse("board", $"there is no board '{name}' in hardware/boards{Section.DidYouMean(name, known)}; there are {string.Join(", ", known)}");
        return null;
    }

    private BodyConfiguration ReadDevices()
    {
        var (pwm, pwmBus) = ReadPwm(_body.Child("pwm"));
        var bridge = _body.Child("bridge");
        var wiring = new RoverWiring
        {
            GpioChip = _board.GpioChip,
            Geometry = new DifferentialDriveGeometry(_body.Number("wheel_radius_m", 0.08, 0.005, 1), _body.Number("track_width_m", 0.36, 0.02, 5)),
            Bridge = bridge.Choice("chip", "tb6612", "tb6612", "l298") == "l298" ? HBridgeKind.L298 : HBridgeKind.Tb6612,
            StandbyLine = bridge.Has("standby") ? ReadPin(bridge, "standby", "GPIO24") : null,
            Pwm = pwm,
            Left = ReadWheel("left", pwmBus),
            Right = ReadWheel("right", pwmBus),
            Imu = _body.Has("imu") ? ReadImu(_body.Child("imu")) : null,
            RangeFinder = _body.Has("range_finder") ? ReadRangeFinder(_body.Child("range_finder")) : null,
            StopLine = _body.Has("stop_button") ? ReadStopButton(_body.Child("stop_button")) : null,
            CommandTimeout = TimeSpan.FromMilliseconds(_body.Number("command_timeout_ms", 250, 20, 5000)),
        };
        bridge.Close();
        if (wiring.Left.PwmChannel == wiring.Right.PwmChannel)
            _body.Child("right").Refuse("pwm_channel", $"{wiring.Right.PwmChannel} is the left motor's, too: give each motor its own");
        _body.Close();
        return new BodyConfiguration(_board, wiring, pwmBus, _i2c);
    }

    private (PwmWiring Pwm, BoardBus? Bus) ReadPwm(Section section)
    {
        (PwmWiring, BoardBus?) pwm;
        if (section.Choice("chip", "board", "board", "pca9685") == "pca9685")
        {
            pwm = (new PwmWiring(0, section.Whole("frequency_hz", 1000, 24, 1526), ReadI2c(section), ReadAddress(section, Devices.Chips.Pca9685.Pca9685.DefaultAddress)), null);
        }
        else
        {
            var bus = ReadBus(section, BoardBusKind.Pwm);
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
            Claim(section, "pwm_channel", pwmBus.Pins[channel]);
        else if (pwmBus is not null)
            section.Refuse("pwm_channel", $"{_board.Title} brings channels 0 to {pwmBus.Pins.Count - 1} to its header");
        var encoder = ReadPins(section, "encoder", 2, "[GPIO20, GPIO21]");
        if (!section.Has("counts_per_turn"))
            section.Refuse("counts_per_turn", "is missing: four times the encoder's pulses in one turn of the wheel, gear included");
        if (!section.Has("no_load_rpm"))
            section.Refuse("no_load_rpm", "is missing: turns a minute of the wheel at full voltage without load, from the motor's data sheet");
        var wheel = new WheelWiring(
            ReadPin(section, "in1", "GPIO16"), ReadPin(section, "in2", "GPIO17"), channel, encoder[0], encoder[1], section.Number("counts_per_turn", 1320, 4, 1_000_000),
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
        var imu = new ImuWiring(ReadI2c(section), ReadAddress(section, Devices.Chips.Mpu6050.Mpu6050.DefaultAddress), section.Flag("upside_down", false));
        section.Close();
        return imu;
    }

    private RangeFinderWiring ReadRangeFinder(Section section)
    {
        RangeFinderWiring finder = section.Choice("chip", "vl53l0x", "vl53l0x", "hcsr04") == "hcsr04"
            ? new HcSr04Wiring(ReadPin(section, "trigger", "GPIO24"), ReadPin(section, "echo", "GPIO25"))
            : new Vl53l0xWiring(ReadI2c(section), ReadAddress(section, Devices.Chips.Vl53l0x.Vl53l0x.DefaultAddress));
        section.Close();
        return finder;
    }

    private StopLineWiring ReadStopButton(Section section)
    {
        var button = new StopLineWiring(ReadPin(section, "pin", "GPIO27"), section.Choice("stops_when", "high", "high", "low") == "high");
        section.Close();
        return button;
    }

    /// <returns>Its place in the list of buses.</returns>
    private int ReadI2c(Section section)
    {
        if (ReadBus(section, BoardBusKind.I2c) is not { } bus)
            return 0;
        if (_i2c.IndexOf(bus) is >= 0 and var known)
            return known;
        foreach (var pin in bus.Pins)
            Claim(section, "bus", pin);
        _i2c.Add(bus);
        return _i2c.Count - 1;
    }

    private BoardBus? ReadBus(Section section, BoardBusKind kind)
    {
        BoardBus[] buses = [.. _board.Buses.Where(bus => bus.Kind == kind)];
        var word = kind.ToString().ToLowerInvariant();
        if (buses.Length == 0)
        {
            section.Refuse("bus", $"{_board.Title} has no {word} bus: use another part, or another board");
            return null;
        }
        var name = section.Text("bus", buses[0].Name);
        if (buses.FirstOrDefault(bus => bus.Name == name) is { } found)
            return found;
        section.Refuse("bus", $"{_board.Title} has no {word} bus '{name}'; it has {string.Join(", ", buses.Select(bus => bus.Name))}");
        return null;
    }

    private static int ReadAddress(Section section, int usual)
    {
        if (section.OptionalText("address") is not { } text)
            return usual;
        var isHexadecimal = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        if (int.TryParse(isHexadecimal ? text[2..] : text, isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var address) && address is >= 0x03 and <= 0x77)
            return address;
        section.Refuse("address", $"'{text}' is no I2C address: the chip's seven bits lie between 0x03 and 0x77");
        return usual;
    }

    private int ReadPin(Section section, string key, string example)
    {
        var name = section.RequiredText(key, example);
        return name.Length == 0 ? 0 : Line(section, key, name);
    }

    private int[] ReadPins(Section section, string key, int count, string example)
    {
        var names = section.Texts(key, []);
        if (names.Count == count)
            return [.. names.Select(name => Line(section, key, name))];
        section.Refuse(key, section.Has(key) ? $"expected {count} pins: {example}" : $"is missing: write {key}: {example}");
        return new int[count];
    }

    private int Line(Section section, string key, string name)
    {
        if (_board.FindPin(name) is not { } pin)
        {
            section.Refuse(key, $"{_board.Title} has no pin '{name}'{Section.DidYouMean(name, _board.Pins.Select(known => known.Name))}; hardware/boards/{_board.Name}.yaml lists its pins");
            return 0;
        }
        Claim(section, key, pin.Number);
        return pin.Line;
    }

    /// <summary>A pin has one use.</summary>
    private void Claim(Section section, string key, int pin)
    {
        var use = $"{section.Path}.{key}";
        if (!_used.TryAdd(pin, use))
            section.Refuse(key, $"header pin {pin} is {_used[pin]} already: a pin has one use");
    }
}
