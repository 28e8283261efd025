namespace EdgeMas.Control.Motor;

/// <summary>Something whose place is known, for finding ways around it: a line with a thickness. A ball or a tree is a line of no length; a box has four.</summary>
/// <param name="Radius">Metres around the line that are taken.</param>
public sealed record KnownObstacle(Point2D From, Point2D To, double Radius = 0)
{
    public static KnownObstacle Round(double x, double y, double radius) => new(new Point2D(x, y), new Point2D(x, y), radius);

    /// <returns>Metres from a point to it; below zero inside.</returns>
    public double Clearance(Point2D point) => point.DistanceTo(From, To) - Radius;

    /// <summary>The sides of a rectangle.</summary>
    /// <param name="x">Of its middle, like <paramref name="y"/>.</param>
    /// <param name="heading">How its own x axis is turned, in radians.</param>
    public static IReadOnlyList<KnownObstacle> Box(double x, double y, double width, double depth, double heading)
    {
        var (sin, cos) = Math.SinCos(heading);
        Point2D[] corners = [Corner(-1, -1), Corner(1, -1), Corner(1, 1), Corner(-1, 1)];
        return [.. corners.Select((corner, i) => new KnownObstacle(corner, corners[(i + 1) % 4]))];

        Point2D Corner(int u, int v) => new(x + (u * width / 2 * cos) - (v * depth / 2 * sin), y + (u * width / 2 * sin) + (v * depth / 2 * cos));
    }
}
