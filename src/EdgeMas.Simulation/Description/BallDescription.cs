namespace EdgeMas.Simulation.Description;

/// <summary>A ball that lies on the ground. It stops the rover and does not roll.</summary>
/// <param name="Color">One of the renderer's colour names; <c>red</c> makes it a "red ball".</param>
public sealed record BallDescription(string Color, PointM At, double RadiusM = 0.2);
