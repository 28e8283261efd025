using EdgeMas.Control.Envelope;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Motor.Car;

/// <summary>
/// Finds a way for a base that cannot turn on the spot: the cheapest of <see cref="CarCurves"/> that is free, else a search over short arcs and straights until such a curve
/// from its end is. Both are bounded: no way within the bounds counts as none.
/// </summary>
/// <remarks>Any thread. Source of the search: D. Dolgov, S. Thrun, M. Montemerlo and J. Diebel, Path Planning for Autonomous Vehicles in Unknown Semi-structured Environments, International Journal of Robotics Research 29(5), 2010 (hybrid-state A*).</remarks>
internal sealed class CarPlanner
{
    /// <summary>Arcs are wider than the tightest by so much: the controller needs some steering in hand to come back to them.</summary>
    private const double RadiusReserve = 1.15;

    /// <summary>Metres that a stop, and a change of direction, count as.</summary>
    private const double StopCost = 0.3;
    private const double TurnBackCost = 0.5;

    /// <summary>Metres backwards count as so many forwards: nothing looks there.</summary>
    private const double BackwardsCost = 1.5;

    /// <summary>Headings that are tried where any is good.</summary>
    private const int EndHeadings = 16;

    private const int MostNodes = 8_000;
    private const double CellSize = 0.4;
    private const int HeadingCells = 24;

    /// <summary>Nodes farther than this from the goal try its curves only now and then.</summary>
    private const double NearGoal = 3;
    private const int CurveEvery = 12;

    private readonly CarSpace _space;

    /// <exception cref="ControlOptionsException">The drive's measures cannot be used.</exception>
    internal CarPlanner(IReadOnlyList<KnownObstacle> obstacles, EnvelopeOptions limits, in WheeledGeometry drive)
    {
        _space = new CarSpace(obstacles, limits, drive.WheelBase);
        Radius = RadiusReserve * new SteeringLimit(drive, limits).MinimumRadius;
    }

    /// <summary>Of the arcs, metres.</summary>
    internal double Radius { get; }

    /// <param name="to">Its heading may be NaN: then any is good.</param>
    /// <returns>The pieces in order, each beginning where the one before ends; none when the base is there; null when nothing was found that fits.</returns>
    internal IReadOnlyList<CarSegment>? Plan(Pose2D from, Pose2D to)
    {
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        if ((dx * dx) + (dy * dy) < 0.02 * 0.02 && (double.IsNaN(to.Heading) || Math.Abs(Angles.Wrap(to.Heading - from.Heading)) < 0.01))
            return [];
        var tight = _space.Tightness(from, double.IsNaN(to.Heading) ? from : to);
        return Curve(from, to, tight) is { } curve ? curve.Way : Search(from, to, tight);
    }

    private (CarSegment[] Way, double Cost)? Curve(in Pose2D from, in Pose2D to, (double Fence, double Things) tight)
    {
        List<(CarSegment[] Way, double Cost)> ways = [];
        for (var i = 0; i < (double.IsNaN(to.Heading) ? EndHeadings : 1); i++)
        {
            var end = double.IsNaN(to.Heading) ? to with { Heading = Angles.Wrap(Math.Atan2(to.Y - from.Y, to.X - from.X) + (2 * Math.PI * i / EndHeadings)) } : to;
            foreach (var way in CarCurves.Between(from, end, Radius))
                ways.Add((way, Cost(way)));
        }
        foreach (var way in ways.OrderBy(way => way.Cost))
        {
            if (way.Way.All(segment => _space.IsFree(segment, tight)))
                return way;
        }
        return null;
    }

    private static double Cost(IEnumerable<CarSegment> way)
    {
        var (cost, direction) = (0.0, 0);
        foreach (var segment in way)
        {
            cost += StopCost + (direction * segment.Length < 0 ? TurnBackCost : 0) + (Math.Abs(segment.Length) * (segment.Length < 0 ? BackwardsCost : 1));
            direction = Math.Sign(segment.Length);
        }
        return cost;
    }

    private List<CarSegment>? Search(in Pose2D from, in Pose2D to, (double Fence, double Things) tight)
    {
        var queue = new PriorityQueue<Node, double>();
        var best = new Dictionary<(int, int, int), double>();
        queue.Enqueue(new Node(from, null, default, 0), 0);
        for (var count = 0; count < MostNodes && queue.TryDequeue(out var node, out _); count++)
        {
            if (best.TryGetValue(CellOf(node.Pose), out var known) && known < node.Cost)
                continue;
            var left = node.Pose.DistanceTo(to);
            if ((left < NearGoal || count % CurveEvery == 0) && Curve(node.Pose, to, tight) is { } curve)
                return Unwind(node, curve.Way);
            Expand(node, to, tight, queue, best);
        }
        return null;
    }

    private void Expand(Node node, in Pose2D to, (double Fence, double Things) tight, PriorityQueue<Node, double> queue, Dictionary<(int, int, int), double> best)
    {
        for (var direction = 1; direction >= -1; direction -= 2)
        {
            for (var side = -1; side <= 1; side++)
            {
                var step = new CarSegment(node.Pose, direction * Math.Max(1.5 * CellSize, Radius * 2 * Math.PI / HeadingCells), side / Radius);
                var isSame = node.Before is not null && node.Step.Curvature == step.Curvature && Math.Sign(node.Step.Length) == direction;
                var cost = node.Cost + Cost([step]) - (isSame ? StopCost : 0)
                    + (node.Before is not null && node.Step.Length * direction < 0 ? TurnBackCost : 0);
                var cell = CellOf(step.End);
                if ((best.TryGetValue(cell, out var known) && known <= cost) || !_space.IsFree(step, tight))
                    continue;
                best[cell] = cost;
                queue.Enqueue(new Node(step.End, node, step, cost), cost + step.End.DistanceTo(to));
            }
        }
    }

    private static List<CarSegment> Unwind(Node end, CarSegment[] curve)
    {
        var steps = new List<CarSegment>();
        for (var node = end; node.Before is not null; node = node.Before)
            steps.Add(node.Step);
        steps.Reverse();
        steps.AddRange(curve);
        var way = new List<CarSegment>();
        foreach (var step in steps)
        {
            if (way.Count > 0 && way[^1] is var last && last.Curvature == step.Curvature && Math.Sign(last.Length) == Math.Sign(step.Length))
                way[^1] = last with { Length = last.Length + step.Length };
            else
                way.Add(step);
        }
        return way;
    }

    private static (int, int, int) CellOf(in Pose2D pose) => (
        (int)Math.Floor(pose.X / CellSize), (int)Math.Floor(pose.Y / CellSize), (int)Math.Floor((pose.Heading + Math.PI) / (2 * Math.PI) * HeadingCells));

    private sealed record Node(Pose2D Pose, Node? Before, CarSegment Step, double Cost);
}
