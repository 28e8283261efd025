namespace EdgeMas.Simulation.Rendering;

/// <summary>An AprilTag of the family 36h11 on an upright white plate.</summary>
/// <param name="Id">0 to 586.</param>
/// <param name="X">The tag's middle, metres; likewise <paramref name="Y"/> and <paramref name="Z"/>.</param>
/// <param name="Heading">Where its face looks: radians counter-clockwise from the x axis.</param>
/// <param name="Size">Side of the black square in metres; the white margin adds an eighth of it on each side.</param>
public readonly record struct RenderTag(int Id, double X, double Y, double Z, double Heading, double Size)
{
    /// <summary>The plate stands on a post. False where it hangs on something.</summary>
    public bool OnPost { get; init; } = true;
}
