namespace EdgeMas.Simulation.Rendering;

/// <summary>An upright box around its middle. Metres, z upwards.</summary>
/// <param name="SizeX">Whole length along the box's own x axis, which <paramref name="Heading"/> turns counter-clockwise from the world's (radians).</param>
public readonly record struct RenderBox(double X, double Y, double Z, double SizeX, double SizeY, double SizeZ, double Heading, Colour Colour);
