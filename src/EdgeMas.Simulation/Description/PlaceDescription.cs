namespace EdgeMas.Simulation.Description;

/// <summary>A named place that the rover can be sent to.</summary>
/// <param name="Name">Lower case, as people say it.</param>
/// <param name="HeadingDeg">How the rover should stand there; null when it does not matter.</param>
public sealed record PlaceDescription(string Name, PointM At, double? HeadingDeg = null);
