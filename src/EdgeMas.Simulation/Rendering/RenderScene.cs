namespace EdgeMas.Simulation.Rendering;

/// <summary>
/// What a camera could see: things on flat ground under a sunny sky. World frame: metres, x and y on the ground, z upwards.
/// </summary>
/// <remarks>Lists may be shared between scenes. Nothing in a scene may change while it is rendered.</remarks>
public sealed record RenderScene
{
    public IReadOnlyList<RenderSphere> Spheres { get; init; } = [];

    public IReadOnlyList<RenderBox> Boxes { get; init; } = [];

    public IReadOnlyList<RenderCylinder> Cylinders { get; init; } = [];

    public IReadOnlyList<RenderWall> Walls { get; init; } = [];

    public IReadOnlyList<RenderTag> Tags { get; init; } = [];

    /// <summary>Null: grass everywhere.</summary>
    public PavedArea? Paving { get; init; }
}
