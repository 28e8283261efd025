namespace EdgeMas.Devices.Chips.Gnss;

/// <summary>What became of the lines of a receiver.</summary>
/// <param name="Taken">GGA and RMC.</param>
/// <param name="Ignored">Sentences in order, of other types.</param>
/// <param name="WrongChecksum">Sentences that noise has changed.</param>
/// <param name="Unreadable">No sentence, noise, no checksum.</param>
/// <param name="BadField">GGA and RMC with a field that is missing or out of its range.</param>
public readonly record struct NmeaCounts(long Taken, long Ignored, long WrongChecksum, long Unreadable, long BadField)
{
    public long Refused => WrongChecksum + Unreadable + BadField;
}
