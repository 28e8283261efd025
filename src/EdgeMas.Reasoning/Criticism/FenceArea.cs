namespace EdgeMas.Reasoning.Criticism;

/// <summary>A simple polygon on the plane, in metres.</summary>
/// <remarks>Point in polygon by crossing number; source: Hormann and Agathos, "The point in polygon problem for arbitrary polygons", 2001.</remarks>
internal sealed class FenceArea(IReadOnlyList<(double X, double Y)> corners)
{
    /// <summary>No way inside can be longer: the diagonal of the box around it.</summary>
    internal double Diagonal { get; } =
        Math.Sqrt(Square(corners.Max(corner => corner.X) - corners.Min(corner => corner.X)) + Square(corners.Max(corner => corner.Y) - corners.Min(corner => corner.Y)));

    internal bool Contains((double X, double Y) point)
    {
        var inside = false;
        for (int i = 0, j = corners.Count - 1; i < corners.Count; j = i++)
        {
            var (a, b) = (corners[i], corners[j]);
            if (a.Y > point.Y != b.Y > point.Y && point.X < (b.X - a.X) * (point.Y - a.Y) / (b.Y - a.Y) + a.X)
                inside = !inside;
        }
        return inside;
    }

    /// <summary>Whether the straight way between two points stays inside.</summary>
    internal bool ContainsWay((double X, double Y) from, (double X, double Y) to)
    {
        if (!Contains(to))
            return false;
        for (int i = 0, j = corners.Count - 1; i < corners.Count; j = i++)
        {
            if (Cross(from, to, corners[i]) * Cross(from, to, corners[j]) < 0 && Cross(corners[i], corners[j], from) * Cross(corners[i], corners[j], to) < 0)
                return false;
        }
        return true;
    }

    private static double Cross((double X, double Y) a, (double X, double Y) b, (double X, double Y) c) =>
        (b.X - a.X) * (c.Y - a.Y) - (b.Y - a.Y) * (c.X - a.X);

    private static double Square(double value) => value * value;
}
