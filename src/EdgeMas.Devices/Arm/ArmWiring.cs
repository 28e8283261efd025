using EdgeMas.Core.Motion;
using EdgeMas.Devices.Stopping;

namespace EdgeMas.Devices.Arm;

/// <summary>How an arm's servos are wired: all on one PCA9685.</summary>
public sealed record ArmWiring
{
    public required int I2cBus { get; init; }

    public int Address { get; init; } = Chips.Pca9685.Pca9685.DefaultAddress;

    /// <summary>Of the pulses: 50 for analog servos; digital ones allow more, see their data sheets.</summary>
    public double FrequencyHertz { get; init; } = 50;

    /// <summary>Of the chip's oscillator, measured: see <see cref="Chips.Pca9685.Pca9685"/>.</summary>
    public double ClockHertz { get; init; } = 25_000_000;

    /// <summary>Path of the GPIO chip that has the lines below: <c>/dev/gpiochip0</c>.</summary>
    public string GpioChip { get; init; } = "/dev/gpiochip0";

    /// <summary>The chip's OE, which turns all outputs off while it is high, without the bus; null where it is tied to ground.</summary>
    public int? OutputEnableLine { get; init; }

    /// <summary>Null for an arm without a stop button.</summary>
    public StopLineWiring? StopLine { get; init; }

    public ArmStop EmergencyStop { get; init; }

    /// <summary>From the base; 2 to <see cref="JointVector.Capacity"/>.</summary>
    public required IReadOnlyList<ServoWiring> Joints { get; init; }

    /// <exception cref="ArgumentException">A value cannot be used; the message names it.</exception>
    internal void Check()
    {
        if (Joints.Count is < 2 or > JointVector.Capacity)
            throw new ArgumentException($"{Joints.Count} servos: an arm has 2 to {JointVector.Capacity}");
        if (Joints.Select(joint => joint.Channel).Distinct().Count() != Joints.Count)
            throw new ArgumentException("two servos have one channel: give each its own");
        foreach (var joint in Joints)
            joint.Check(FrequencyHertz);
    }
}
