namespace EdgeMas.Devices.Chips.Gnss;

/// <summary>Sentences that a fix is made of.</summary>
[Flags]
internal enum NmeaKinds
{
    None = 0,
    Gga = 1,
    Rmc = 2,
}
