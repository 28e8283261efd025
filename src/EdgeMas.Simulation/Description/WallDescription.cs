namespace EdgeMas.Simulation.Description;

/// <summary>A straight wall.</summary>
/// <param name="Color">One of the renderer's colour names.</param>
public sealed record WallDescription(PointM From, PointM To, double HeightM = 1.2, string Color = "grey");
