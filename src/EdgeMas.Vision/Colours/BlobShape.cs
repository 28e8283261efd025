using EdgeMas.Core.Vision;
using OpenCvSharp;

namespace EdgeMas.Vision.Colours;

/// <summary>What a blob's outline looks like.</summary>
/// <param name="Roundness">Part of the visible outline that lies on one circle, as seen by an eye that looks straight at it.</param>
/// <param name="Squareness">Part of the tightest rectangle that the blob fills; 0 when the blob is hollow or ragged.</param>
/// <param name="Bearing">Of the circle's middle, radians, left positive; 0 where there is none.</param>
internal readonly record struct BlobShape(double Roundness, double Squareness, double Bearing)
{
    private const int Trials = 48;

    /// <summary>
    /// Looks for a circle through three outline points that most others lie on, so that a ball half hidden or cut by the picture's edge is still one.
    /// </summary>
    /// <remarks>Source: M. Fischler, R. Bolles, "Random sample consensus", Communications of the ACM 24 (6), 1981; here with fixed samples, so that a picture always gives the same answer.</remarks>
    public static BlobShape Of(Point[] outline, double area, Rect bounds, CameraFrame frame)
    {
        var rectangle = Cv2.MinAreaRect(outline);
        var hullArea = Cv2.ContourArea(Cv2.ConvexHull(outline));
        var filled = rectangle.Size.Width * rectangle.Size.Height;
        var square = filled > 0 && hullArea > 0 && area / hullArea > 0.85 ? Math.Min(1, hullArea / filled) : 0;
        var best = new BlobShape(0, square, 0);

        var visible = Array.FindAll(outline, point => point.X > 0 && point.Y > 0 && point.X < frame.Width - 1 && point.Y < frame.Height - 1);
        if (visible.Length < 12)
            return best;
        var gaze = new Gaze(frame, bounds);
        var points = Array.ConvertAll(visible, point => gaze.Straighten(point.X + 0.5, point.Y + 0.5));
        var longest = 2.0 * Math.Max(bounds.Width, bounds.Height);
        for (var trial = 0; trial < Trials; trial++)
        {
            var first = trial * points.Length / Trials;
            var step = points.Length / (3 + (trial % 3));
            if (!TryCircle(points[first], points[(first + step) % points.Length], points[(first + (2 * step)) % points.Length], out var middle, out var radius)
                || radius > longest)
                continue;
            var on = ShareOn(points, middle, radius);
            if (on > best.Roundness)
                best = best with { Roundness = on, Bearing = gaze.Bearing(middle) };
        }
        return best;
    }

    private static double ShareOn(Point2d[] points, Point2d middle, double radius)
    {
        var tolerance = Math.Max(0.9, 0.035 * radius);
        var on = 0;
        foreach (var point in points)
        {
            var (across, down) = (point.X - middle.X, point.Y - middle.Y);
            if (Math.Abs(Math.Sqrt((across * across) + (down * down)) - radius) <= tolerance)
                on++;
        }
        return (double)on / points.Length;
    }

    /// <summary>The circle through three points, by the intersection of two perpendicular bisectors.</summary>
    private static bool TryCircle(Point2d a, Point2d b, Point2d c, out Point2d middle, out double radius)
    {
        double bx = b.X - a.X, by = b.Y - a.Y, cx = c.X - a.X, cy = c.Y - a.Y;
        var twice = 2 * ((bx * cy) - (by * cx));
        (middle, radius) = (default, 0);
        if (Math.Abs(twice) < 1e-6)
            return false;
        var (bb, cc) = ((bx * bx) + (by * by), (cx * cx) + (cy * cy));
        var (dx, dy) = (((cy * bb) - (by * cc)) / twice, ((bx * cc) - (cx * bb)) / twice);
        (middle, radius) = (new Point2d(a.X + dx, a.Y + dy), Math.Sqrt((dx * dx) + (dy * dy)));
        return true;
    }
}
