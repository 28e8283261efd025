namespace EdgeMas.Simulation.Description;

/// <summary>A box that stands on the ground.</summary>
/// <param name="Color">One of the renderer's colour names.</param>
/// <param name="At">Its middle.</param>
/// <param name="WidthM">Along its own x axis; <paramref name="DepthM"/> along its y axis.</param>
/// <param name="HeadingDeg">How its x axis is turned from the world's, counter-clockwise.</param>
public sealed record BoxDescription(string Color, PointM At, double WidthM, double DepthM, double HeightM, double HeadingDeg = 0);
