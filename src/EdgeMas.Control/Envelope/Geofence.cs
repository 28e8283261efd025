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
