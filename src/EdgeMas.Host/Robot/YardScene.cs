using EdgeMas.Simulation.Description;
using EdgeMas.Simulation.Rendering;

namespace EdgeMas.Host.Robot;

/// <summary>What the simulated camera can see of a yard.</summary>
internal static class YardScene
{
    private const double PathWidth = 3;

    public static RenderScene Of(WorldDescription world) => new()
    {
        Spheres = [.. world.Balls.Select(ball => new RenderSphere(ball.At.X, ball.At.Y, ball.RadiusM, ball.RadiusM, Paint(ball.Color)))],
        Boxes = [.. world.Boxes.Select(Box), .. world.Obstacles.Select(Post)],
        Walls = [.. Border(world), .. world.Walls.Select(wall => new RenderWall(wall.From.X, wall.From.Y, wall.To.X, wall.To.Y, wall.HeightM, Paint(wall.Color)))],
        Tags = [.. world.Tags.Select(tag => Tag(world, tag))],
        Paving = new PavedArea(0, world.Start.At.Y - (PathWidth / 2), world.WidthM, world.Start.At.Y + (PathWidth / 2)),
    };

    private static RenderBox Box(BoxDescription box) => new(
        box.At.X, box.At.Y, box.HeightM / 2, box.WidthM, box.DepthM, box.HeightM, box.HeadingDeg * Math.PI / 180, Paint(box.Color));

    /// <summary>The world's round obstacles look square: the renderer has no cylinders.</summary>
    private static RenderBox Post(ObstacleDescription obstacle) => new(
        obstacle.At.X, obstacle.At.Y, obstacle.HeightM / 2, obstacle.RadiusM * 2, obstacle.RadiusM * 2, obstacle.HeightM, 0, Paint(obstacle.Color));

    private static RenderTag Tag(WorldDescription world, TagDescription tag)
    {
        const double Reach = 0.3;
        var atBorder = tag.At.X < Reach || tag.At.Y < Reach || tag.At.X > world.WidthM - Reach || tag.At.Y > world.DepthM - Reach;
        return new RenderTag(tag.Id, tag.At.X, tag.At.Y, tag.HeightM, tag.FacingDeg * Math.PI / 180, tag.SizeM) { OnPost = !atBorder };
    }

    private static IEnumerable<RenderWall> Border(WorldDescription world)
    {
        if (world.BorderHeightM <= 0)
            return [];
        (double X, double Y)[] corners = [(0, 0), (world.WidthM, 0), (world.WidthM, world.DepthM), (0, world.DepthM)];
        return corners.Select((from, index) =>
        {
            var to = corners[(index + 1) % corners.Length];
            return new RenderWall(from.X, from.Y, to.X, to.Y, world.BorderHeightM, Paint("grey"));
        });
    }

    private static Colour Paint(string name) => Colour.FromName(name == "gray" ? "grey" : name);
}
