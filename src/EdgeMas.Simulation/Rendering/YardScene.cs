using EdgeMas.Simulation.Description;

namespace EdgeMas.Simulation.Rendering;

/// <summary>What a described yard looks like: slabs in the middle, grass along the brick border, trees with crowns.</summary>
public static class YardScene
{
    private const double GrassWidth = 3;
    private const double BorderThickness = 0.12;

    private static readonly Colour Bricks = new(168, 146, 126);
    private static readonly Colour Leaves = new(88, 108, 66);

    /// <exception cref="FormatException">A colour that <see cref="Colour.FromName"/> does not know.</exception>
    public static RenderScene Of(WorldDescription world)
    {
        ArgumentNullException.ThrowIfNull(world);
        return new RenderScene
        {
            Spheres = [.. world.Balls.Select(BallOf), .. world.Obstacles.Where(IsTree).SelectMany(CrownOf)],
            Boxes = [.. world.Boxes.Select(BoxOf)],
            Cylinders = [.. world.Obstacles.Select(TrunkOf)],
            Walls = [.. BorderOf(world), .. world.Walls.Select(WallOf)],
            Tags = [.. world.Tags.Select(tag => TagOf(tag, world))],
            Paving = new PavedArea(GrassWidth, GrassWidth, world.WidthM - GrassWidth, world.DepthM - GrassWidth),
        };
    }

    private static RenderSphere BallOf(BallDescription ball) => new(ball.At.X, ball.At.Y, ball.RadiusM, ball.RadiusM, Colour.FromName(ball.Color));

    private static RenderBox BoxOf(BoxDescription box) => new(
        box.At.X, box.At.Y, box.HeightM / 2, box.WidthM, box.DepthM, box.HeightM, box.HeadingDeg * Math.PI / 180, Colour.FromName(box.Color));

    private static RenderWall WallOf(WallDescription wall) => new(wall.From.X, wall.From.Y, wall.To.X, wall.To.Y, wall.HeightM, Colour.FromName(wall.Color));

    private static RenderCylinder TrunkOf(ObstacleDescription obstacle) =>
        new(obstacle.At.X, obstacle.At.Y, obstacle.RadiusM, obstacle.HeightM, Colour.FromName(obstacle.Color));

    private static bool IsTree(ObstacleDescription obstacle) => obstacle.Name.Contains("tree", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<RenderSphere> CrownOf(ObstacleDescription tree)
    {
        var size = Math.Max(0.4, tree.HeightM * 0.28);
        yield return Clump(0, 0, 0.1, 1);
        yield return Clump(0.7, 0.3, -0.25, 0.75);
        yield return Clump(-0.55, 0.5, -0.2, 0.7);
        yield return Clump(-0.1, -0.75, -0.25, 0.72);

        RenderSphere Clump(double x, double y, double z, double radius) =>
            new(tree.At.X + (x * size), tree.At.Y + (y * size), tree.HeightM + (z * size), radius * size, Leaves) { Leafy = true };
    }

    /// <summary>The border's inner faces stand on the yard's rectangle.</summary>
    private static RenderWall[] BorderOf(WorldDescription world)
    {
        var half = BorderThickness / 2;
        var (right, far, height) = (world.WidthM + half, world.DepthM + half, world.BorderHeightM);
        return
        [
            new(-half, -half, right, -half, height, Bricks) { Thickness = BorderThickness },
            new(right, -half, right, far, height, Bricks) { Thickness = BorderThickness },
            new(right, far, -half, far, height, Bricks) { Thickness = BorderThickness },
            new(-half, far, -half, -half, height, Bricks) { Thickness = BorderThickness },
        ];
    }

    /// <summary>A tag near the border hangs on it; any other stands on a post.</summary>
    private static RenderTag TagOf(TagDescription tag, WorldDescription world)
    {
        const double near = 0.3;
        var hangs = tag.At.X < near || tag.At.Y < near || tag.At.X > world.WidthM - near || tag.At.Y > world.DepthM - near;
        return new RenderTag(tag.Id, tag.At.X, tag.At.Y, tag.HeightM, tag.FacingDeg * Math.PI / 180, tag.SizeM) { OnPost = !hangs };
    }
}
