namespace EdgeMas.Simulation.Description;

/// <summary>All that a simulated yard is made of. The ground is the rectangle from (0, 0) to (<see cref="WidthM"/>, <see cref="DepthM"/>); its border is walled.</summary>
public sealed record WorldDescription
{
    public string Name { get; init; } = "yard";

    /// <summary>Of all noise: the same seed and the same setpoints give the same world, bit for bit.</summary>
    public long Seed { get; init; } = 1;

    public double WidthM { get; init; } = 25;

    public double DepthM { get; init; } = 20;

    public double BorderHeightM { get; init; } = 1.2;

    public StartDescription Start { get; init; } = new(new PointM(4, 8), 0);

    public RoverDescription Rover { get; init; } = new();

    public IReadOnlyList<WallDescription> Walls { get; init; } = [];

    public IReadOnlyList<BallDescription> Balls { get; init; } = [];

    public IReadOnlyList<BoxDescription> Boxes { get; init; } = [];

    public IReadOnlyList<ObstacleDescription> Obstacles { get; init; } = [];

    public IReadOnlyList<TagDescription> Tags { get; init; } = [];

    /// <summary>Places beside the dock.</summary>
    public IReadOnlyList<PlaceDescription> Places { get; init; } = [];

    public PlaceDescription Dock { get; init; } = new("dock", new PointM(2.5, 8), 180);

    /// <summary>Corners of the polygon that the rover's middle may not leave; empty for none.</summary>
    public IReadOnlyList<PointM> Geofence { get; init; } = [];

    /// <summary>
    /// A yard of 25 × 20 m. The rover has 20 m free ahead; after ten metres and a quarter turn to the left it looks at the red ball from 5 m.
    /// </summary>
    public static WorldDescription Yard(long seed = 1) => new()
    {
        Seed = seed,
        Balls =
        [
            new BallDescription("red", new PointM(14.5, 13), 0.25),
            new BallDescription("green", new PointM(8, 3), 0.25),
            new BallDescription("blue", new PointM(20.5, 5), 0.25),
            new BallDescription("yellow", new PointM(6, 16.5), 0.25),
        ],
        Boxes =
        [
            new BoxDescription("brown", new PointM(11, 12), 1.2, 0.8, 0.8, 20),
            new BoxDescription("grey", new PointM(17, 4), 1, 1, 1),
            new BoxDescription("brown", new PointM(19, 14.5), 1.5, 1, 1.2, -15),
        ],
        Obstacles = [new ObstacleDescription("tree", new PointM(8.5, 15.5), 0.3, 4), new ObstacleDescription("post", new PointM(12.5, 4.5), 0.12, 1.5, "grey")],
        Tags =
        [
            new TagDescription(0, new PointM(24.98, 8), 180),
            new TagDescription(1, new PointM(12, 19.98), 270),
            new TagDescription(2, new PointM(0.02, 8), 0),
            new TagDescription(3, new PointM(14, 0.02), 90),
            new TagDescription(4, new PointM(22, 19.98), 270),
        ],
        Places =
        [
            new PlaceDescription("gate", new PointM(22.5, 8)),
            new PlaceDescription("shed", new PointM(21, 17)),
            new PlaceDescription("kitchen", new PointM(3.5, 13)),
            new PlaceDescription("tree", new PointM(9.5, 17)),
            new PlaceDescription("bench", new PointM(5, 4)),
        ],
        Geofence = [new PointM(0.75, 0.75), new PointM(24.25, 0.75), new PointM(24.25, 19.25), new PointM(0.75, 19.25)],
    };
}
