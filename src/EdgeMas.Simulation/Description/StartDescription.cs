namespace EdgeMas.Simulation.Description;

/// <summary>Where the rover stands at the beginning.</summary>
public sealed record StartDescription(PointM At, double HeadingDeg);
