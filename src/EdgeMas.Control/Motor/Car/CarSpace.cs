using EdgeMas.Control.Envelope;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Motor.Car;

/// <summary>Where a car may be: inside the fence and off what is known to stand about. Immutable; any thread.</summary>
/// <remarks>The middle of the back axle is held to the fence, as the envelope holds it, and the middle of the body to everything else.</remarks>
internal sealed class CarSpace(IReadOnlyList<KnownObstacle> obstacles, EnvelopeOptions limits, double wheelBase)
{
    /// <summary>Metres between two looks at a way.</summary>
    private const double Step = 0.1;

    /// <summary>More than the envelope's own margin, so that it need not slow what was planned.</summary>
    private const double FenceReserve = 0.05;

    /// <summary>Where the start or the goal stands nearer to something than usual, that is enough, down to this.</summary>
    private const double Tightest = 0.3;

    private readonly Geofence _fence = new(limits.Geofence);

    /// <returns>Whether every pose of a way keeps its distance.</returns>
    /// <param name="tight">What is enough here: <see cref="Tightness"/>.</param>
    internal bool IsFree(in CarSegment segment, (double Fence, double Things) tight)
    {
        var count = Math.Max(1, (int)Math.Ceiling(Math.Abs(segment.Length) / Step));
        for (var i = 1; i <= count; i++)
        {
            if (!IsFree(segment.At(segment.Length * i / count), tight))
                return false;
        }
        return true;
    }

    /// <returns>Metres that a way between two poses keeps to the fence and to things.</returns>
    internal (double Fence, double Things) Tightness(in Pose2D from, in Pose2D to)
    {
        var things = Math.Min(RoutePlanner.Margin, Math.Min(Clearance(from), Clearance(to)) - 0.02);
        var fence = Math.Min(limits.GeofenceMargin + FenceReserve, _fence.Clearance(from.X, from.Y) - 0.01);
        return (fence, Math.Max(Tightest, things));
    }

    private bool IsFree(in Pose2D pose, (double Fence, double Things) tight) =>
        _fence.Contains(pose.X, pose.Y) && _fence.Clearance(pose.X, pose.Y) >= tight.Fence && Clearance(pose) >= tight.Things;

    private double Clearance(in Pose2D pose)
    {
        var (sin, cos) = Math.SinCos(pose.Heading);
        var middle = new Point2D(pose.X + (wheelBase / 2 * cos), pose.Y + (wheelBase / 2 * sin));
        var nearest = double.PositiveInfinity;
        foreach (var obstacle in obstacles)
            nearest = Math.Min(nearest, obstacle.Clearance(middle));
        return nearest;
    }
}
