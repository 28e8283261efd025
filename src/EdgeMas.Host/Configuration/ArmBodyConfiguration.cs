using EdgeMas.Devices.Arm;
using EdgeMas.Devices.Boards;
using EdgeMas.Devices.Gpio;

namespace EdgeMas.Host.Configuration;

/// <summary>An arm of servos on a board's PCA9685.</summary>
/// <param name="Wiring">Lines are those of the board's file. The chip's path and the bus's number are those of <see cref="Resolve"/>, on the board.</param>
/// <param name="I2cBus">Of <paramref name="Board"/>.</param>
internal sealed record ArmBodyConfiguration(Board Board, ArmWiring Wiring, BoardBus I2cBus)
{
    /// <summary>What each pin of the header is used for, by its number.</summary>
    public IReadOnlyDictionary<int, string> Pins { get; init; } = new Dictionary<int, string>();

    /// <summary>The wiring with what this machine calls its chip and bus.</summary>
    /// <exception cref="Devices.Errors.DeviceException">It has no such chip or bus, or forbids it.</exception>
    public ArmWiring Resolve(ArmWiring wiring)
    {
        var found = wiring with { I2cBus = BodyConfiguration.NumberOf(I2cBus) };
        return wiring.OutputEnableLine is null && wiring.StopLine is null ? found : found with { GpioChip = GpioChips.Find(Board.GpioChip) };
    }
}
