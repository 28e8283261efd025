using EdgeMas.Devices.Serial;

namespace EdgeMas.Devices.Chips.Gnss;

/// <summary>Where a GNSS receiver hangs.</summary>
/// <param name="Path">Such as <c>/dev/serial0</c>, or a USB receiver's name in <c>/dev/serial/by-id</c>.</param>
/// <param name="Settings">Null for 9600 baud 8N1.</param>
/// <param name="Enable">What makes the port appear on this board, from the board's file; null for advice in general.</param>
public sealed record GnssWiring(string Path, SerialSettings? Settings = null, string? Enable = null)
{
    /// <summary>Whose sentences are read: GP for GPS alone, GN for several systems together, GL, GA, GB, …; null for all.</summary>
    public string? Talker { get; init; }

    /// <summary>A fix that is older is none. Positive; two of the receiver's periods let one sentence be lost.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromSeconds(2.5);
}
