using CsCheck;
using EdgeMas.Control.Envelope;
using EdgeMas.Control.Motor;
using EdgeMas.Simulation.Description;
using EdgeMas.Simulation.World;

namespace EdgeMas.Control.Tests.Motor;

public sealed class RoutePlannerTests
{
    private static readonly WorldDescription Yard = WorldDescription.Yard() with { Walls = [new WallDescription(new PointM(16.5, 16), new PointM(16.5, 20))] };

    [Fact]
    public void A_free_way_is_straight() => Assert.Equal([new Point2D(14, 8)], Planner().Plan(new Point2D(4, 8), new Point2D(14, 8)));

    [Fact]
    public void A_way_through_a_box_goes_around_it()
    {
        var way = Planner().Plan(new Point2D(11, 8), new Point2D(11, 16)); // the box is at (11, 12)

        Assert.InRange(way.Count, 2, 3);
        Assert.Equal(new Point2D(11, 16), way[^1]);
    }

    [Fact]
    public void Legs_keep_their_distance_and_stay_inside_the_fence() =>
        Gen.Select(Gen.Double[1, 24], Gen.Double[1, 19], Gen.Double[1, 24], Gen.Double[1, 19]).Sample((ax, ay, bx, by) =>
        {
            if (!HasRoom(ax, ay, RoutePlanner.Margin) || !HasRoom(bx, by, RoutePlanner.Margin))
                return;
            var way = Planner().Plan(new Point2D(ax, ay), new Point2D(bx, by));
            Assert.Equal(new Point2D(bx, by), way[^1]);
            var from = new Point2D(ax, ay);
            foreach (var to in way)
            {
                for (var t = 0.0; t <= 1; t += 0.05)
                {
                    var (x, y) = (from.X + (t * (to.X - from.X)), from.Y + (t * (to.Y - from.Y)));
                    Assert.True(HasRoom(x, y, RoutePlanner.Margin - 0.03), $"from ({ax}, {ay}) to ({bx}, {by}) it comes too near at ({x}, {y})");
                    Assert.InRange(x, 0.75, 24.25);
                    Assert.InRange(y, 0.75, 19.25);
                }
                from = to;
            }
        }, iter: 100);

    [Fact]
    public void Where_there_is_no_way_the_straight_one_is_tried()
    {
        KnownObstacle[] cage = [.. KnownObstacle.Box(10, 10, 4, 4, 0)];

        Assert.Equal([new Point2D(10, 10)], new RoutePlanner(cage, new EnvelopeOptions()).Plan(new Point2D(4, 8), new Point2D(10, 10)));
    }

    internal static IReadOnlyList<KnownObstacle> MapOf(WorldDescription yard) =>
    [
        .. yard.Balls.Select(ball => KnownObstacle.Round(ball.At.X, ball.At.Y, ball.RadiusM)),
        .. yard.Obstacles.Select(obstacle => KnownObstacle.Round(obstacle.At.X, obstacle.At.Y, obstacle.RadiusM)),
        .. yard.Boxes.SelectMany(box => KnownObstacle.Box(box.At.X, box.At.Y, box.WidthM, box.DepthM, box.HeadingDeg * Math.PI / 180)),
        .. yard.Walls.Select(wall => new KnownObstacle(new Point2D(wall.From.X, wall.From.Y), new Point2D(wall.To.X, wall.To.Y))),
    ];

    /// <summary>Whether a round body of that radius can stand there by the world's own reckoning.</summary>
    private static bool HasRoom(double x, double y, double radius)
    {
        try
        {
            _ = new YardWorld(Yard with { Start = new StartDescription(new PointM(x, y), 0), Rover = Yard.Rover with { BodyRadiusM = radius } });
            return true;
        }
        catch (WorldDescriptionException refusal) when (refusal.Path == "start")
        {
            return false;
        }
    }

    private static RoutePlanner Planner() => new(MapOf(Yard), new EnvelopeOptions { Geofence = [.. Yard.Geofence.Select(corner => new Point2D(corner.X, corner.Y))] });
}
