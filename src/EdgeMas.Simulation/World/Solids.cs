using EdgeMas.Simulation.Description;

namespace EdgeMas.Simulation.World;

/// <summary>Everything that stops a rover or a range finder's beam, as line segments and circles on the ground plan. Immutable; allocates only when made.</summary>
internal sealed class Solids
{
    private readonly Segment[] _segments;
    private readonly Circle[] _circles;
    private readonly Block[] _blocks;

    internal Solids(WorldDescription world)
    {
        var segments = new List<Segment>();
        AddRing(segments, [new PointM(0, 0), new PointM(world.WidthM, 0), new PointM(world.WidthM, world.DepthM), new PointM(0, world.DepthM)]);
        foreach (var wall in world.Walls)
            segments.Add(new Segment(wall.From.X, wall.From.Y, wall.To.X - wall.From.X, wall.To.Y - wall.From.Y));
        foreach (var box in world.Boxes)
            AddRing(segments, Corners(box));
        _segments = [.. segments];
        _blocks = [.. world.Boxes.Select(box => new Block(box))];
        _circles =
        [
            .. world.Balls.Select(ball => new Circle(ball.At.X, ball.At.Y, ball.RadiusM)),
            .. world.Obstacles.Select(obstacle => new Circle(obstacle.At.X, obstacle.At.Y, obstacle.RadiusM)),
        ];
    }

    /// <returns>Metres from the point to the nearest solid's surface; negative inside a circle or a box.</returns>
    internal double Clearance(double x, double y)
    {
        var nearest = double.PositiveInfinity;
        foreach (ref readonly var segment in _segments.AsSpan())
            nearest = Math.Min(nearest, segment.DistanceFrom(x, y));
        foreach (ref readonly var circle in _circles.AsSpan())
            nearest = Math.Min(nearest, circle.DistanceFrom(x, y));
        foreach (ref readonly var block in _blocks.AsSpan())
            nearest = Math.Min(nearest, block.DistanceFrom(x, y));
        return nearest;
    }

    /// <param name="directionX">Of a unit vector, with <paramref name="directionY"/>.</param>
    /// <returns>Metres along the beam to the first solid; infinity when it meets none.</returns>
    internal double Cast(double x, double y, double directionX, double directionY)
    {
        var nearest = double.PositiveInfinity;
        foreach (ref readonly var segment in _segments.AsSpan())
            nearest = Math.Min(nearest, segment.Cast(x, y, directionX, directionY));
        foreach (ref readonly var circle in _circles.AsSpan())
            nearest = Math.Min(nearest, circle.Cast(x, y, directionX, directionY));
        foreach (ref readonly var block in _blocks.AsSpan())
        {
            if (block.DistanceFrom(x, y) < 0)
                return 0; // from within: at once
        }
        return nearest;
    }

    private static PointM[] Corners(BoxDescription box)
    {
        var (sin, cos) = Math.SinCos(box.HeadingDeg * Math.PI / 180);
        return [Corner(-1, -1), Corner(1, -1), Corner(1, 1), Corner(-1, 1)];

        PointM Corner(int alongWidth, int alongDepth)
        {
            var (u, v) = (alongWidth * box.WidthM / 2, alongDepth * box.DepthM / 2);
            return new PointM(box.At.X + (u * cos) - (v * sin), box.At.Y + (u * sin) + (v * cos));
        }
    }

    private static void AddRing(List<Segment> segments, ReadOnlySpan<PointM> corners)
    {
        for (var i = 0; i < corners.Length; i++)
        {
            var (from, to) = (corners[i], corners[(i + 1) % corners.Length]);
            segments.Add(new Segment(from.X, from.Y, to.X - from.X, to.Y - from.Y));
        }
    }

    private readonly record struct Segment(double X, double Y, double Dx, double Dy)
    {
        internal double DistanceFrom(double x, double y)
        {
            var lengthSquared = (Dx * Dx) + (Dy * Dy);
            var t = lengthSquared > 0 ? Math.Clamp((((x - X) * Dx) + ((y - Y) * Dy)) / lengthSquared, 0, 1) : 0;
            var (ex, ey) = (X + (t * Dx) - x, Y + (t * Dy) - y);
            return Math.Sqrt((ex * ex) + (ey * ey));
        }

        internal double Cast(double x, double y, double ux, double uy)
        {
            var cross = (ux * Dy) - (uy * Dx);
            if (Math.Abs(cross) < 1e-12)
                return double.PositiveInfinity;
            var (ox, oy) = (X - x, Y - y);
            var along = ((ox * Dy) - (oy * Dx)) / cross;
            var t = ((ox * uy) - (oy * ux)) / cross;
            return along >= 0 && t is >= 0 and <= 1 ? along : double.PositiveInfinity;
        }
    }

    /// <summary>A box as a body, where its sides alone would be hollow.</summary>
    private readonly struct Block(BoxDescription box)
    {
        private readonly (double Sin, double Cos) _heading = Math.SinCos(box.HeadingDeg * Math.PI / 180);
        private readonly (double X, double Y, double HalfWidth, double HalfDepth) _box = (box.At.X, box.At.Y, box.WidthM / 2, box.DepthM / 2);

        internal double DistanceFrom(double x, double y)
        {
            var (dx, dy) = (x - _box.X, y - _box.Y);
            var beyondX = Math.Abs((dx * _heading.Cos) + (dy * _heading.Sin)) - _box.HalfWidth;
            var beyondY = Math.Abs((dy * _heading.Cos) - (dx * _heading.Sin)) - _box.HalfDepth;
            return Math.Sqrt((Math.Max(beyondX, 0) * Math.Max(beyondX, 0)) + (Math.Max(beyondY, 0) * Math.Max(beyondY, 0))) + Math.Min(Math.Max(beyondX, beyondY), 0);
        }
    }

    private readonly record struct Circle(double X, double Y, double Radius)
    {
        internal double DistanceFrom(double x, double y) => Math.Sqrt(((X - x) * (X - x)) + ((Y - y) * (Y - y))) - Radius;

        internal double Cast(double x, double y, double ux, double uy)
        {
            var (ox, oy) = (X - x, Y - y);
            var along = (ox * ux) + (oy * uy);
            var half = (along * along) - (ox * ox) - (oy * oy) + (Radius * Radius);
            if (half < 0)
                return double.PositiveInfinity;
            var root = Math.Sqrt(half);
            if (along + root < 0)
                return double.PositiveInfinity;
            return Math.Max(along - root, 0); // from within: at once
        }
    }
}
