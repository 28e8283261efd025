namespace EdgeMas.Simulation.Description;

/// <summary>An upright AprilTag of the family 36h11.</summary>
/// <param name="Id">0 to 29.</param>
/// <param name="At">Its middle on the ground plan; <paramref name="HeightM"/> above the ground.</param>
/// <param name="FacingDeg">Where its front looks, from the x axis, counter-clockwise.</param>
/// <param name="SizeM">Edge of the black square.</param>
public sealed record TagDescription(int Id, PointM At, double FacingDeg, double HeightM = 0.5, double SizeM = 0.4);
