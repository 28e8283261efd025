using EdgeMas.Simulation.Board;

namespace EdgeMas.Devices.Tests.Chips;

/// <summary>A chip that is only registers, filled by the test; bytes from a data sheet's example.</summary>
internal sealed class PlainRegisters : RegisterChip
{
    internal byte this[int register]
    {
        get => Registers[register];
        set => Registers[register] = value;
    }

    internal PlainRegisters With(int register, params ReadOnlySpan<byte> values)
    {
        values.CopyTo(Registers.AsSpan(register));
        return this;
    }
}
