using System.Globalization;
using EdgeMas.Core.Motion;
using EdgeMas.Devices.Arm;
using EdgeMas.Devices.Chips.Pca9685;

namespace EdgeMas.Host.Configuration;

/// <summary>Reads how an arm's joints hang on a chip of a board: one servo for each.</summary>
internal static class ArmBodyReader
{
    private const double Degree = Math.PI / 180;
    private const double LeastSpanUs = 100;

    /// <returns>Null for a simulated arm, and where a mistake was told.</returns>
    public static ArmBodyConfiguration? Read(Section root, ArmConfiguration arm)
    {
        var body = root.Child("body");
        if (body.Choice("kind", "simulated", "simulated", "devices") == "simulated")
        {
            body.Close();
            return null;
        }
        if (HeaderReader.Read(body) is not { } header)
            return null;
        var chip = body.Child("pca9685");
        if (!body.Has("pca9685"))
            body.Refuse("pca9685", "is missing: write pca9685: { bus: i2c-1, address: 0x40 }");
        var bus = header.ReadI2c(chip);
        var address = HeaderReader.ReadAddress(chip, Pca9685.DefaultAddress);
        if (address < Pca9685.DefaultAddress)
            chip.Refuse("address", $"0x{address:x2} is below 0x40: a PCA9685 has 0x40, and what its address pins add");
        var frequency = chip.Number("frequency_hz", 50, 40, 400);
        var clock = chip.Number("clock_hz", 25_000_000, 20_000_000, 30_000_000);
        var enable = chip.Has("output_enable") ? header.ReadPin(chip, "output_enable", "GPIO17") : (int?)null;
        chip.Close();
        var joints = ReadJoints(body, arm, frequency);
        var stop = body.Has("stop_button") ? header.ReadStopButton(body.Child("stop_button")) : null;
        var policy = body.Choice("estop", "release", "release", "hold") == "hold" ? ArmStop.Hold : ArmStop.Release;
        body.Close();
        if (header.I2cBuses.Count == 0 || joints.Count is < 2 or > JointVector.Capacity)
            return null;
        var wiring = new ArmWiring
        {
            I2cBus = bus,
            Address = address,
            FrequencyHertz = frequency,
            ClockHertz = clock,
            GpioChip = header.Board.GpioChip,
            OutputEnableLine = enable,
            StopLine = stop,
            EmergencyStop = policy,
            Joints = joints,
        };
        return new ArmBodyConfiguration(header.Board, wiring, header.I2cBuses[bus]) { Pins = header.Used };
    }

    private static List<ServoWiring> ReadJoints(Section body, ArmConfiguration arm, double frequency)
    {
        var joints = new List<ServoWiring>();
        var channels = new Dictionary<int, int>();
        var periodUs = 1e6 / frequency;
        foreach (var each in body.Children("joints"))
        {
            var number = joints.Count;
            if (!each.Has("channel"))
                each.Refuse("channel", "is missing: write the output of the PCA9685 that the servo hangs on, 0 to 15");
            var channel = each.Whole("channel", number, 0, Pca9685.ChannelCount - 1);
            if (!channels.TryAdd(channel, number))
                each.Refuse("channel", $"{channel} is joint {channels[channel] + 1}'s already: give each servo its own");
            var pulse = each.RequiredNumbers("pulse_us", 2, 200, 3000, "[shortest, longest] in microseconds, at the two ends of the joint's range_deg: [1000, 2000]");
            if (each.Has("pulse_us") && pulse[1] - pulse[0] < LeastSpanUs)
                each.Refuse("pulse_us", string.Create(CultureInfo.InvariantCulture, $"[{pulse[0]:0.##}, {pulse[1]:0.##}] must grow by {LeastSpanUs} or more; for a servo that turns the other way round write reversed: true"));
            if (pulse[1] >= periodUs)
                each.Refuse("pulse_us", string.Create(CultureInfo.InvariantCulture, $"{pulse[1]:0.##} is no shorter than the period, {periodUs:0} at {frequency:0.##} Hz: lower pca9685.frequency_hz"));
            var reversed = each.Flag("reversed", false);
            each.Close();
            var (least, most, start) = number < arm.Limits.Joints.Count
                ? (arm.Limits.Joints[number].Least, arm.Limits.Joints[number].Most, arm.Servos[number].StartDeg * Degree)
                : (-1, 1, 0);
            joints.Add(new ServoWiring(channel, least, most, TimeSpan.FromMicroseconds(pulse[0]), TimeSpan.FromMicroseconds(pulse[1]))
            {
                Reversed = reversed,
                StartAngle = Math.Clamp(start, Math.Min(least, most), Math.Max(least, most)),
            });
        }
        if (joints.Count != arm.Limits.Joints.Count)
            body.Refuse("joints", $"{joints.Count} servos for {arm.Limits.Joints.Count} joints: write one for each under arm: joints, from the base, such as {{ channel: 0, pulse_us: [1000, 2000] }}");
        return joints;
    }
}
