namespace EdgeMas.Simulation.Rendering;

/// <summary>An upright wall on the ground between two points. Metres.</summary>
public readonly record struct RenderWall(double X1, double Y1, double X2, double Y2, double Height, Colour Colour)
{
    public double Thickness { get; init; } = 0.12;
}
