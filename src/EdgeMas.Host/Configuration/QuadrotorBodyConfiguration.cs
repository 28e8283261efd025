using EdgeMas.Devices.Boards;
using EdgeMas.Devices.Quadrotor;

namespace EdgeMas.Host.Configuration;

/// <summary>A quadrotor of chips on a board.</summary>
/// <param name="Wiring">Lines are those of the board's file. The chip's path and the buses' numbers are those of <see cref="QuadrotorMounting.Resolve"/>, on the board.</param>
/// <param name="I2cBuses">Of <paramref name="Board"/>: the numbers in <paramref name="Wiring"/> are indices into this list.</param>
internal sealed record QuadrotorBodyConfiguration(Board Board, QuadrotorWiring Wiring, IReadOnlyList<BoardBus> I2cBuses)
{
    /// <summary>For those who open it.</summary>
    public QuadrotorMounting Mounting => new(Wiring, I2cBuses, Board.GpioChip);
}
