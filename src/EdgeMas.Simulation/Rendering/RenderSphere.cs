namespace EdgeMas.Simulation.Rendering;

/// <summary>A ball. Metres, z upwards; one that lies on the ground has <paramref name="Z"/> equal to its radius.</summary>
public readonly record struct RenderSphere(double X, double Y, double Z, double Radius, Colour Colour)
{
    /// <summary>Uneven and dull as leaves are, rather than smooth and glossy.</summary>
    public bool Leafy { get; init; }
}
