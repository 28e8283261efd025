using OpenCvSharp;

namespace EdgeMas.Vision.Colours;

/// <summary>What a blob's outline looks like.</summary>
/// <param name="Roundness">Part of the visible outline that lies on one circle.</param>
/// <param name="Squareness">Part of the tightest rectangle that the blob fills; 0 when the blob is hollow or ragged.</param>
/// <param name="Column">Middle of the circle for round blobs, of the box around it for others; pixels.</param>
internal readonly record struct BlobShape(double Roundness, double Squareness, double Column, double Row, double Radius)
{
    private const int Trials = 48;

    /// <summary>
    /// Looks for a circle through three outline points that most others lie on, so that a ball half hidden or cut by the picture's edge is still one.
    /// </summary>
    /// <remarks>Source: M. Fischler, R. Bolles, "Random sample consensus", Communications of the ACM 24 (6), 1981; here with fixed samples, so that a picture always gives the same answer.</remarks>
    public static BlobShape Of(Point[] outline, double area, Rect bounds, int width, int height)
    {
        var rectangle = Cv2.MinAreaRect(outline);
        var hull = Cv2.ConvexHull(outline);
        var hullArea = Cv2.ContourArea(hull);
        var filled = rectangle.Size.Width * rectangle.Size.Height;
        // Outlines run through pixel middles, so a rectangle measured on them is a pixel short each way, as the blob's own area is.
        var square = filled > 0 && hullArea > 0 && area / hullArea > 0.85 ? Math.Min(1, hullArea / filled) : 0;
        var best = new BlobShape(0, square, bounds.X + (bounds.Width / 2.0), bounds.Y + (bounds.Height / 2.0), 0);

        var visible = Array.FindAll(outline, point => point.X > 0 && point.Y > 0 && point.X < width - 1 && point.Y < height - 1);
        if (visible.Length < 12)
            return best;
        var longest = 2.0 * Math.Max(bounds.Width, bounds.Height);
        for (var trial = 0; trial < Trials; trial++)
        {
            var first = trial * visible.Length / Trials;
            var step = visible.Length / (3 + (trial % 3));
            if (!TryCircle(visible[first], visible[(first + step) % visible.Length], visible[(first + (2 * step)) % visible.Length], out var x, out var y, out var radius)
                || radius > longest)
                continue;
            var on = ShareOn(visible, x, y, radius);
            if (on > best.Roundness)
                best = best with { Roundness = on, Column = x + 0.5, Row = y + 0.5, Radius = radius };
        }
        return best;
    }

    private static double ShareOn(Point[] points, double x, double y, double radius)
    {
        var tolerance = Math.Max(0.9, 0.035 * radius);
        var on = 0;
        foreach (var point in points)
        {
            var (across, down) = (point.X - x, point.Y - y);
            if (Math.Abs(Math.Sqrt((across * across) + (down * down)) - radius) <= tolerance)
                on++;
        }
        return (double)on / points.Length;
    }

    /// <summary>The circle through three points, by the intersection of two perpendicular bisectors.</summary>
    private static bool TryCircle(Point a, Point b, Point c, out double x, out double y, out double radius)
    {
        double bx = b.X - a.X, by = b.Y - a.Y, cx = c.X - a.X, cy = c.Y - a.Y;
        var twice = 2 * ((bx * cy) - (by * cx));
        (x, y, radius) = (0, 0, 0);
        if (Math.Abs(twice) < 1e-6)
            return false;
        var (bb, cc) = ((bx * bx) + (by * by), (cx * cx) + (cy * cy));
        var (dx, dy) = (((cy * bb) - (by * cc)) / twice, ((bx * cc) - (cx * bb)) / twice);
        (x, y, radius) = (a.X + dx, a.Y + dy, Math.Sqrt((dx * dx) + (dy * dy)));
        return true;
    }
}
