namespace EdgeMas.Devices.Can;

/// <summary>Lets frames through whose identifier equals <paramref name="Id"/> in the bits of <paramref name="Mask"/>; the kernel keeps the others from waking the program.</summary>
/// <param name="IsExtended">Of identifiers of 29 bits; else of 11.</param>
public readonly record struct CanFilter(uint Id, uint Mask, bool IsExtended = false)
{
    public static CanFilter Exactly(uint id, bool extended = false) => new(id, extended ? 0x1FFF_FFFFu : 0x7FFu, extended);
}
