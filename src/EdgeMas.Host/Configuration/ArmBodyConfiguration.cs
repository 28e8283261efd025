using EdgeMas.Devices.Arm;
using EdgeMas.Devices.Boards;

namespace EdgeMas.Host.Configuration;

/// <summary>An arm of servos on a board's PCA9685.</summary>
/// <param name="Wiring">Lines are those of the board's file. The chip's path and the bus's number are those of <see cref="ArmMounting.Resolve"/>, on the board.</param>
/// <param name="I2cBus">Of <paramref name="Board"/>.</param>
internal sealed record ArmBodyConfiguration(Board Board, ArmWiring Wiring, BoardBus I2cBus)
{
    /// <summary>What each pin of the header is used for, by its number.</summary>
    public IReadOnlyDictionary<int, string> Pins { get; init; } = new Dictionary<int, string>();

    /// <summary>For those who open it.</summary>
    public ArmMounting Mounting => new(Wiring, I2cBus, Board.GpioChip);
}
