using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Envelope;

/// <summary>The polygon that the base's middle may not leave. Immutable; its questions allocate nothing.</summary>
internal sealed class Geofence(IReadOnlyList<Point2D> corners)
{
    private readonly Point2D[] _corners = [.. corners];

    internal bool IsOpen => _corners.Length == 0;

    /// <summary>Even–odd rule.</summary>
    internal bool Contains(double x, double y)
    {
        if (IsOpen)
            return true;
        var inside = false;
        for (int i = 0, j = _corners.Length - 1; i < _corners.Length; j = i++)
        {
            var (a, b) = (_corners[i], _corners[j]);
            if (a.Y > y != b.Y > y && x < ((b.X - a.X) * (y - a.Y) / (b.Y - a.Y)) + a.X)
                inside = !inside;
        }
        return inside;
    }

    /// <returns>Metres to the nearest edge, whichever side of it; infinity without a fence.</returns>
    internal double Clearance(double x, double y)
    {
        var nearest = double.PositiveInfinity;
        for (int i = 0, j = _corners.Length - 1; i < _corners.Length; j = i++)
            nearest = Math.Min(nearest, new Point2D(x, y).DistanceTo(_corners[j], _corners[i]));
        return nearest;
    }

    /// <summary>Along a circle's arc, or a straight line without curvature, in lines of a tenth of a metre or of a tenth of a radian around its outer side: an arc that only touches the fence meets it.</summary>
    /// <param name="direction">1 ahead, −1 backwards.</param>
    /// <param name="curvature">1/m, left positive.</param>
    /// <param name="reach">Metres to look.</param>
    /// <returns>Metres from the pose along the arc to the first edge; infinity when it meets none within reach, or comes round to where it began.</returns>
    internal double DistanceAlongArc(in Pose2D from, int direction, double curvature, double reach)
    {
        if (IsOpen)
            return double.PositiveInfinity;
        var (sin, cos) = Math.SinCos(from.Heading);
        if (Math.Abs(curvature) < 1e-6)
            return DistanceAlong(from.X, from.Y, direction * cos, direction * sin) is var straight && straight <= reach ? straight : double.PositiveInfinity;
        var end = Math.Min(reach, 2 * Math.PI / Math.Abs(curvature));
        var step = Math.Min(0.1, 0.1 / Math.Abs(curvature));
        var outer = 1 / (Math.Cos(step * curvature) * curvature);
        var (middleX, middleY) = (from.X - (sin / curvature), from.Y + (cos / curvature));
        var (x, y, done) = (from.X, from.Y, 0.0);
        while (done < end)
        {
            var next = Math.Min(end, done + step);
            var (endSin, endCos) = Math.SinCos(from.Heading + (direction * next * curvature));
            var (nextX, nextY) = (middleX + (endSin * outer), middleY - (endCos * outer));
            var chord = Math.Sqrt(((nextX - x) * (nextX - x)) + ((nextY - y) * (nextY - y)));
            if (chord > 0 && DistanceAlong(x, y, (nextX - x) / chord, (nextY - y) / chord) is var hit && hit <= chord)
                return done + hit;
            (x, y, done) = (nextX, nextY, next);
        }
        return double.PositiveInfinity;
    }

    /// <returns>Metres from the point along the unit vector to the first edge; infinity when it meets none.</returns>
    internal double DistanceAlong(double x, double y, double directionX, double directionY)
    {
        var nearest = double.PositiveInfinity;
        for (int i = 0, j = _corners.Length - 1; i < _corners.Length; j = i++)
        {
            var (a, b) = (_corners[j], _corners[i]);
            var (dx, dy) = (b.X - a.X, b.Y - a.Y);
            var cross = (directionX * dy) - (directionY * dx);
            if (Math.Abs(cross) < 1e-12)
                continue;
            var (ox, oy) = (a.X - x, a.Y - y);
            var along = ((ox * dy) - (oy * dx)) / cross;
            var t = ((ox * directionY) - (oy * directionX)) / cross;
            if (along >= 0 && t is >= 0 and <= 1)
                nearest = Math.Min(nearest, along);
        }
        return nearest;
    }
}
