using EdgeMas.Simulation.Board;

namespace EdgeMas.Devices.Tests.Chips;

/// <summary>A chip that is only registers of two bytes, filled by the test; words from a data sheet's example.</summary>
internal sealed class PlainWords : WordRegisterChip
{
    internal new ushort[] Words => base.Words;
}
