using CsCheck;
using EdgeMas.Control.Envelope;
using EdgeMas.Control.Motor;
using EdgeMas.Control.Motor.Car;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Tests.Motor.Car;

public sealed class CarPlannerTests
{
    private static readonly WheeledGeometry Car = new(DriveKind.Ackermann, 0.08, 0.36, 0.4, 0.52, 1.5);

    private static readonly Point2D[] Fence = [new(0, 0), new(10, 0), new(10, 8), new(0, 8)];

    private static readonly Gen<Pose2D> SomePose = Gen.Select(Gen.Double[1, 9], Gen.Double[1, 7], Gen.Double[-3.1, 3.1], (x, y, heading) => new Pose2D(x, y, heading));

    [Fact]
    public void Every_curve_of_three_pieces_ends_where_it_shall() =>
        Gen.Select(SomePose, SomePose, Gen.Double[0.3, 2]).Sample((from, to, radius) =>
        {
            var ways = CarCurves.Between(from, to, radius).ToArray();
            Assert.InRange(ways.Length, 4, 12);
            foreach (var way in ways)
                Assert.True(IsAt(End(from, way), to, 0.02), $"{from} to {to}: {string.Join(", ", way)}");
        });

    [Fact]
    public void A_way_goes_from_pose_to_pose_inside_the_fence_off_what_stands_there_and_in_curves_wide_enough()
    {
        KnownObstacle[] things = [new(new Point2D(5, 0), new Point2D(5, 5), 0.05), KnownObstacle.Round(8, 6, 0.3)]; // a wall with a gap at its end
        var planner = Planner(things);
        var fence = new Geofence(Fence);
        var found = 0;
        Gen.Select(SomePose, SomePose).Where((from, to) => IsClear(from, things) && IsClear(to, things)).Sample((from, to) =>
        {
            if (planner.Plan(from, to) is not { } way)
                return;
            Interlocked.Increment(ref found);
            Assert.True(IsAt(End(from, way), to, 0.05), $"{from} to {to}");
            foreach (var segment in way)
            {
                Assert.InRange(Math.Abs(segment.Curvature), 0, 1 / planner.Radius * (1 + 1e-9));
                for (var part = 0.0; part <= 1; part += 0.02)
                {
                    var pose = segment.At(segment.Length * part);
                    Assert.InRange(fence.Clearance(pose.X, pose.Y), 0.1, 10);
                    Assert.True(fence.Contains(pose.X, pose.Y));
                    Assert.InRange(things.Min(thing => thing.Clearance(Middle(pose))), 0.28, 20);
                }
            }
        }, iter: 100);
        Assert.InRange(found, 80, 100);
    }

    [Fact]
    public void Turning_where_it_stands_ends_where_it_began()
    {
        var start = new Pose2D(5, 4, 0.3);
        var way = Planner([]).Plan(start, start with { Heading = 0.3 + (Math.PI / 2) });

        Assert.NotNull(way);
        Assert.InRange(way.Count, 2, 3);
        Assert.Contains(way, segment => segment.Length < 0);
        Assert.True(IsAt(End(start, way), start with { Heading = 0.3 + (Math.PI / 2) }, 0.02));
    }

    [Fact]
    public void Where_there_is_no_room_there_is_no_way()
    {
        var narrow = new CarPlanner([], new EnvelopeOptions { Geofence = [new(0, 0), new(6, 0), new(6, 0.8), new(0, 0.8)] }, Car);

        Assert.Null(narrow.Plan(new Pose2D(3, 0.4, 0), new Pose2D(3, 0.4, Math.PI / 2)));
        Assert.NotNull(narrow.Plan(new Pose2D(1, 0.4, 0), new Pose2D(4, 0.4, 0)));
        Assert.Null(narrow.Plan(new Pose2D(1, 0.4, 0), new Pose2D(4, 5, 0)));
    }

    [Fact]
    public void Whoever_is_there_need_not_go() => Assert.Empty(Planner([]).Plan(new Pose2D(3, 3, 1), new Pose2D(3.01, 3, 1))!);

    private static CarPlanner Planner(IReadOnlyList<KnownObstacle> things) => new(things, new EnvelopeOptions { Geofence = Fence }, Car);

    private static Pose2D End(Pose2D from, IReadOnlyList<CarSegment> way) => way.Count == 0 ? from : way[^1].End;

    private static Point2D Middle(in Pose2D pose) => new(pose.X + (0.2 * Math.Cos(pose.Heading)), pose.Y + (0.2 * Math.Sin(pose.Heading)));

    private static bool IsClear(Pose2D pose, KnownObstacle[] things) => things.All(thing => thing.Clearance(Middle(pose)) > 0.55);

    private static bool IsAt(in Pose2D pose, in Pose2D to, double off) => pose.DistanceTo(to) < off && Math.Abs(Angles.Wrap(pose.Heading - to.Heading)) < off * 2;
}
