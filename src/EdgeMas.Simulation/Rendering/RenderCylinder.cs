namespace EdgeMas.Simulation.Rendering;

/// <summary>An upright cylinder on the ground: a post, a bin, the trunk of a tree. Metres.</summary>
public readonly record struct RenderCylinder(double X, double Y, double Radius, double Height, Colour Colour);
