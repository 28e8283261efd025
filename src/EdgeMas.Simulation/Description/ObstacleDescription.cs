namespace EdgeMas.Simulation.Description;

/// <summary>An upright cylinder: a tree, a post, a bin.</summary>
/// <param name="Color">One of the renderer's colour names.</param>
public sealed record ObstacleDescription(string Name, PointM At, double RadiusM, double HeightM = 2, string Color = "brown");
