namespace EdgeMas.Control;

/// <summary>A point on the plane, in metres.</summary>
public readonly record struct Point2D(double X, double Y)
{
    public double DistanceTo(Point2D other) => Math.Sqrt(((X - other.X) * (X - other.X)) + ((Y - other.Y) * (Y - other.Y)));

    /// <returns>The point of the line from <paramref name="a"/> to <paramref name="b"/> that is the nearest to this one.</returns>
    public Point2D NearestOn(Point2D a, Point2D b)
    {
        var (dx, dy) = (b.X - a.X, b.Y - a.Y);
        var squared = (dx * dx) + (dy * dy);
        var t = squared > 0 ? Math.Clamp((((X - a.X) * dx) + ((Y - a.Y) * dy)) / squared, 0, 1) : 0;
        return new Point2D(a.X + (t * dx), a.Y + (t * dy));
    }

    /// <returns>Metres to the line from <paramref name="a"/> to <paramref name="b"/>.</returns>
    public double DistanceTo(Point2D a, Point2D b) => DistanceTo(NearestOn(a, b));
}
