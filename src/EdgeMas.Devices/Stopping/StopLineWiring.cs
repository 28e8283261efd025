namespace EdgeMas.Devices.Stopping;

/// <summary>A stop button.</summary>
/// <param name="StopsWhenHigh">
/// True for a button that opens its contact to ground, with the pin pulled up by the kernel: a cut wire stops, too. False for one that closes it, which a cut wire makes useless.
/// </param>
public sealed record StopLineWiring(int Line, bool StopsWhenHigh = true);
