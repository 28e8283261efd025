namespace EdgeMas.Control.Motor;

/// <summary>Where a named place is.</summary>
/// <param name="X">Metres, likewise <paramref name="Y"/>.</param>
/// <param name="Heading">Radians; how to stand there. Null when it does not matter.</param>
public sealed record MotorPlace(string Name, double X, double Y, double? Heading = null);
