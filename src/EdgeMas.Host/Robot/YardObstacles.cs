using EdgeMas.Control;
using EdgeMas.Control.Motor;
using EdgeMas.Simulation.Description;

namespace EdgeMas.Host.Robot;

/// <summary>What of the yard the robot knows beforehand, as a map in its drawer would tell it.</summary>
internal static class YardObstacles
{
    public static IReadOnlyList<KnownObstacle> Of(WorldDescription world) =>
    [
        .. world.Walls.Select(wall => new KnownObstacle(new Point2D(wall.From.X, wall.From.Y), new Point2D(wall.To.X, wall.To.Y), 0.06)),
        .. world.Boxes.SelectMany(box => KnownObstacle.Box(box.At.X, box.At.Y, box.WidthM, box.DepthM, box.HeadingDeg * Math.PI / 180)),
        .. world.Obstacles.Select(obstacle => KnownObstacle.Round(obstacle.At.X, obstacle.At.Y, obstacle.RadiusM)),
        .. world.Balls.Select(ball => KnownObstacle.Round(ball.At.X, ball.At.Y, ball.RadiusM)),
    ];
}
