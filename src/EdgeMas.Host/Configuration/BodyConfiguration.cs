using EdgeMas.Devices.Boards;
using EdgeMas.Devices.Gpio;
using EdgeMas.Devices.Rover;

namespace EdgeMas.Host.Configuration;

/// <summary>A rover's body of chips on a board.</summary>
/// <param name="Wiring">Lines are those of the board's file. The chip's path and the buses' numbers are those of <see cref="Resolve"/>, once it runs on the board.</param>
/// <param name="PwmBus">Of <paramref name="Board"/>; null where a PCA9685 makes the PWM.</param>
/// <param name="I2cBuses">Of <paramref name="Board"/>, by their place in <paramref name="Wiring"/>: the numbers there are indices into this list.</param>
internal sealed record BodyConfiguration(Board Board, RoverWiring Wiring, BoardBus? PwmBus, IReadOnlyList<BoardBus> I2cBuses)
{
    /// <summary>What each pin of the header is used for, by its number.</summary>
    public IReadOnlyDictionary<int, string> Pins { get; init; } = new Dictionary<int, string>();

    /// <summary>The wiring with what this machine calls its chips and buses.</summary>
    /// <exception cref="Devices.Errors.DeviceException">It has no such chip or bus, or forbids it.</exception>
    public RoverWiring Resolve()
    {
        var wiring = Wiring with { GpioChip = GpioChips.Find(Board.GpioChip) };
        wiring = wiring with
        {
            Pwm = wiring.Pwm.Pca9685Address is null ? wiring.Pwm with { Chip = PwmBus!.Number() } : wiring.Pwm with { I2cBus = I2cBuses[wiring.Pwm.I2cBus].Number() },
        };
        if (wiring.Imu is { } imu)
            wiring = wiring with { Imu = imu with { I2cBus = I2cBuses[imu.I2cBus].Number() } };
        if (wiring.RangeFinder is Vl53l0xWiring laser)
            wiring = wiring with { RangeFinder = laser with { I2cBus = I2cBuses[laser.I2cBus].Number() } };
        return wiring;
    }
}
