using EdgeMas.Control.Envelope;

namespace EdgeMas.Control.Motor;

/// <summary>
/// Finds a short way of straight legs around known obstacles and inside the fence. It knows nothing of what is not on its map: that is what the envelope's
/// range finder is for.
/// </summary>
/// <remarks>
/// Any thread. Source: the visibility graph, T. Lozano-Pérez and M. Wesley, 1979, over points around each obstacle's ends; searched with Dijkstra's algorithm.
/// </remarks>
internal sealed class RoutePlanner
{
    /// <summary>From the base's middle to an obstacle, at least: half the body and what odometry may be off.</summary>
    internal const double Margin = 0.5;

    /// <summary>Legs meet this far from an obstacle's end.</summary>
    private const double Ring = 0.65;

    private const int RingPoints = 8;

    /// <summary>Metres that one more leg must save.</summary>
    private const double LegCost = 0.3;

    private readonly IReadOnlyList<KnownObstacle> _obstacles;
    private readonly Geofence _fence;
    private readonly double _fenceMargin;
    private readonly Point2D[] _points;

    internal RoutePlanner(IReadOnlyList<KnownObstacle> obstacles, EnvelopeOptions limits)
    {
        _obstacles = obstacles;
        _fence = new Geofence(limits.Geofence);
        _fenceMargin = limits.GeofenceMargin;
        _points = [.. obstacles.SelectMany(PointsAround).Distinct().Where(IsFree)];
    }

    /// <returns>The ends of the legs, the last being the goal. The straight way when there is none around.</returns>
    internal IReadOnlyList<Point2D> Plan(Point2D start, Point2D goal)
    {
        if (IsOpen(start, goal, start, goal))
            return [goal];
        Point2D[] nodes = [start, goal, .. _points];
        var costs = new double[nodes.Length];
        var from = new int[nodes.Length];
        Array.Fill(costs, double.PositiveInfinity);
        costs[0] = 0;
        var queue = new PriorityQueue<int, double>();
        queue.Enqueue(0, 0);
        while (queue.TryDequeue(out var node, out var cost))
        {
            if (node == 1)
                return Unwind(nodes, from);
            if (cost > costs[node])
                continue;
            for (var next = 1; next < nodes.Length; next++)
            {
                var total = cost + nodes[node].DistanceTo(nodes[next]) + LegCost;
                if (total >= costs[next] || !IsOpen(nodes[node], nodes[next], start, goal))
                    continue;
                (costs[next], from[next]) = (total, node);
                queue.Enqueue(next, total);
            }
        }
        return [goal];
    }

    /// <summary>Whether a leg keeps its distance. Where the start or the goal itself stands nearer to something, that is enough.</summary>
    private bool IsOpen(Point2D a, Point2D b, Point2D start, Point2D goal)
    {
        var length = a.DistanceTo(b);
        if (!_fence.IsOpen && length > 0 && _fence.DistanceAlong(a.X, a.Y, (b.X - a.X) / length, (b.Y - a.Y) / length) < length + _fenceMargin)
            return false;
        foreach (var obstacle in _obstacles)
        {
            var enough = Margin;
            if (a == start || b == start)
                enough = Math.Min(enough, obstacle.Clearance(start) - 0.02);
            if (a == goal || b == goal)
                enough = Math.Min(enough, obstacle.Clearance(goal) - 0.02);
            if (SegmentDistance(a, b, obstacle.From, obstacle.To) - obstacle.Radius < enough)
                return false;
        }
        return true;
    }

    private bool IsFree(Point2D point) => _fence.Contains(point.X, point.Y) && _obstacles.All(obstacle => obstacle.Clearance(point) >= Margin);

    private static IEnumerable<Point2D> PointsAround(KnownObstacle obstacle)
    {
        var reach = Ring + obstacle.Radius;
        for (var i = 0; i < RingPoints; i++)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * i / RingPoints);
            yield return new Point2D(obstacle.From.X + (reach * cos), obstacle.From.Y + (reach * sin));
            yield return new Point2D(obstacle.To.X + (reach * cos), obstacle.To.Y + (reach * sin));
        }
    }

    private static List<Point2D> Unwind(Point2D[] nodes, int[] from)
    {
        var way = new List<Point2D>();
        for (var node = 1; node != 0; node = from[node])
            way.Add(nodes[node]);
        way.Reverse();
        return way;
    }

    private static double SegmentDistance(Point2D a, Point2D b, Point2D c, Point2D d)
    {
        if (Side(a, b, c) * Side(a, b, d) < 0 && Side(c, d, a) * Side(c, d, b) < 0)
            return 0; // they cross
        return Math.Min(Math.Min(a.DistanceTo(c, d), b.DistanceTo(c, d)), Math.Min(c.DistanceTo(a, b), d.DistanceTo(a, b)));
    }

    private static double Side(Point2D a, Point2D b, Point2D point) => ((b.X - a.X) * (point.Y - a.Y)) - ((b.Y - a.Y) * (point.X - a.X));
}
