namespace EdgeMas.Devices.Chips.Gnss;

/// <summary>How a position was found; the numbers are those of NMEA 0183's GGA sentence.</summary>
public enum GnssFixKind
{
    /// <summary>The receiver knows no position.</summary>
    None = 0,

    /// <summary>From the satellites alone: metres.</summary>
    Satellites = 1,

    /// <summary>With corrections of a reference station or of SBAS: about a metre.</summary>
    Differential = 2,

    /// <summary>From the precise service for those who have its keys.</summary>
    Precise = 3,

    /// <summary>Real-time kinematic with whole wavelengths known: centimetres.</summary>
    RtkFixed = 4,

    /// <summary>Real-time kinematic without them yet: decimetres.</summary>
    RtkFloat = 5,

    /// <summary>Dead reckoning: without satellites, and worse with every second.</summary>
    Estimated = 6,

    /// <summary>Somebody typed it in.</summary>
    Manual = 7,

    /// <summary>The receiver plays one.</summary>
    Simulated = 8,
}
