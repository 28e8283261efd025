namespace EdgeMas.Simulation.Description;

/// <summary>A straight wall.</summary>
/// <param name="Color">A colour's English name, as the renderer knows it.</param>
public sealed record WallDescription(PointM From, PointM To, double HeightM = 1.2, string Color = "gray");
