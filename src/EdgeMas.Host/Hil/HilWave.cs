namespace EdgeMas.Host.Hil;

/// <summary>What one wire did during a case.</summary>
/// <param name="Name">As people call the wire.</param>
/// <param name="Milliseconds">Since the case began, ascending: when it changed.</param>
/// <param name="Values">What it changed to: 0 to 1.</param>
internal sealed record HilWave(string Name, IReadOnlyList<double> Milliseconds, IReadOnlyList<double> Values);
