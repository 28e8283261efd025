using EdgeMas.Devices.Boards;
using EdgeMas.Devices.Gpio;
using EdgeMas.Devices.Quadrotor;

namespace EdgeMas.Host.Configuration;

/// <summary>A quadrotor of chips on a board.</summary>
/// <param name="Wiring">Lines are those of the board's file. The chip's path and the buses' numbers are those of <see cref="Resolve"/>, on the board.</param>
/// <param name="I2cBuses">Of <paramref name="Board"/>: the numbers in <paramref name="Wiring"/> are indices into this list.</param>
internal sealed record QuadrotorBodyConfiguration(Board Board, QuadrotorWiring Wiring, IReadOnlyList<BoardBus> I2cBuses)
{
    /// <summary>The wiring with what this machine calls its chip and buses.</summary>
    /// <exception cref="Devices.Errors.DeviceException">It has no such chip or bus, or forbids it.</exception>
    public QuadrotorWiring Resolve(QuadrotorWiring wiring) => wiring with
    {
        GpioChip = GpioChips.Find(Board.GpioChip),
        Rotors = wiring.Rotors with { I2cBus = NumberOf(wiring.Rotors.I2cBus) },
        Imu = wiring.Imu with { I2cBus = NumberOf(wiring.Imu.I2cBus) },
        Height = wiring.Height with { I2cBus = NumberOf(wiring.Height.I2cBus) },
        Battery = wiring.Battery is { } battery ? battery with { I2cBus = NumberOf(battery.I2cBus) } : null,
    };

    private int NumberOf(int bus) => BodyConfiguration.NumberOf(I2cBuses[bus]);
}
