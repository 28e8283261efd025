using System.Numerics;
using System.Runtime.CompilerServices;

namespace EdgeMas.Simulation.Rendering;

/// <summary>Where a ray meets a body, and what it looks like there.</summary>
internal static class BodyRays
{
    private const float Brick = 0.30f;

    /// <param name="depth">Depth of the nearest meeting so far; shortened when this one is nearer.</param>
    /// <param name="normal">Unit vector out of the surface, in the body's own axes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryMeet(in Body body, Vector3 ray, ref float depth, ref Vector3 normal) =>
        body.IsRound ? TryMeetSphere(body, ray, ref depth, ref normal)
        : body.What == Body.Kind.Cylinder ? TryMeetCylinder(body, ray, ref depth, ref normal)
        : TryMeetBox(body, Turn(body, ray), ref depth, ref normal);

    /// <param name="footprint">Metres that one pixel covers there.</param>
    public static Vector3 Shade(in Body body, Vector3 ray, float depth, Vector3 normal, float footprint)
    {
        if (body.What == Body.Kind.Sphere)
        {
            var underneath = 1f - (0.30f * Noise.Step(0.1f, 1f, -normal.Z));
            var mirrored = Vector3.Reflect(Vector3.Normalize(ray), normal);
            var gloss = MathF.Pow(MathF.Max(0f, Vector3.Dot(mirrored, Daylight.Sun)), 28f);
            return (body.Rgb * Daylight.On(normal) * underneath) + new Vector3(70f * gloss);
        }
        var point = (Turn(body, ray) * depth) - body.Local;
        var world = new Vector3((normal.X * body.Cos) - (normal.Y * body.Sin), (normal.X * body.Sin) + (normal.Y * body.Cos), normal.Z);
        var light = Daylight.On(world);
        return body.What switch
        {
            Body.Kind.Plate when normal.X > 0.5f => body.Rgb * light * Cell(body, point),
            Body.Kind.Wall => body.Rgb * light * Bricks(point, normal, footprint),
            Body.Kind.Foliage => body.Rgb * light * Leaves(point, normal),
            Body.Kind.Cylinder => body.Rgb * light * Bark(point, footprint),
            Body.Kind.Box => body.Rgb * light * Frame(body, point, normal),
            _ => body.Rgb * light,
        };
    }

    private static bool TryMeetSphere(in Body body, Vector3 ray, ref float depth, ref Vector3 normal)
    {
        var a = Vector3.Dot(ray, ray);
        var b = Vector3.Dot(ray, body.Local);
        var c = Vector3.Dot(body.Local, body.Local) - (body.Half.X * body.Half.X);
        var root = (b * b) - (a * c);
        if (root <= 0f || c <= 0f)
            return false;
        var at = (b - MathF.Sqrt(root)) / a;
        if (at <= 0f || at >= depth)
            return false;
        depth = at;
        normal = ((ray * at) - body.Local) / body.Half.X;
        return true;
    }

    /// <summary>The mantle from outside, or the lid from above.</summary>
    private static bool TryMeetCylinder(in Body body, Vector3 ray, ref float depth, ref Vector3 normal)
    {
        var a = (ray.X * ray.X) + (ray.Y * ray.Y);
        var b = (ray.X * body.Local.X) + (ray.Y * body.Local.Y);
        var c = (body.Local.X * body.Local.X) + (body.Local.Y * body.Local.Y) - (body.Half.X * body.Half.X);
        var root = (b * b) - (a * c);
        if (root <= 0f || c <= 0f)
            return false;
        var at = (b - MathF.Sqrt(root)) / a;
        var height = (ray.Z * at) - body.Local.Z;
        if (at > 0f && at < depth && MathF.Abs(height) <= body.Half.Z)
        {
            depth = at;
            normal = new Vector3((ray.X * at) - body.Local.X, (ray.Y * at) - body.Local.Y, 0f) / body.Half.X;
            return true;
        }
        at = (body.Local.Z + body.Half.Z) / ray.Z;
        if (ray.Z >= 0f || !(at > 0f) || at >= depth)
            return false;
        var (x, y) = ((ray.X * at) - body.Local.X, (ray.Y * at) - body.Local.Y);
        if ((x * x) + (y * y) > body.Half.X * body.Half.X)
            return false;
        depth = at;
        normal = Vector3.UnitZ;
        return true;
    }

    /// <summary>Between the farthest entry into and the nearest exit out of three slabs.</summary>
    private static bool TryMeetBox(in Body body, Vector3 ray, ref float depth, ref Vector3 normal)
    {
        var inverse = Vector3.One / ray;
        var middle = body.Local * inverse;
        var reach = Vector3.Abs(inverse) * body.Half;
        var enter = middle - reach;
        var leave = middle + reach;
        var at = MathF.Max(enter.X, MathF.Max(enter.Y, enter.Z));
        if (!(at > 0f) || at >= depth || at > MathF.Min(leave.X, MathF.Min(leave.Y, leave.Z)))
            return false;
        depth = at;
        normal = at == enter.X
            ? new Vector3(-MathF.Sign(ray.X), 0f, 0f)
            : at == enter.Y ? new Vector3(0f, -MathF.Sign(ray.Y), 0f) : new Vector3(0f, 0f, -MathF.Sign(ray.Z));
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector3 Turn(in Body body, Vector3 ray) =>
        new((ray.X * body.Cos) + (ray.Y * body.Sin), (ray.Y * body.Cos) - (ray.X * body.Sin), ray.Z);

    /// <summary>1 on a white cell of the tag, little on a black one. Seen from the front, the plate's own y axis runs to the right.</summary>
    private static float Cell(in Body body, Vector3 point)
    {
        var cell = 2f * body.Half.Y / AprilTagCodes.CellsWithMargin;
        var column = Noise.Floor((body.Half.Y + point.Y) / cell) - 1;
        var row = Noise.Floor((body.Half.Z - point.Z) / cell) - 1;
        return AprilTagCodes.IsWhite(body.Code, row, column) ? 1f : 0.10f;
    }

    private static float Leaves(Vector3 point, Vector3 normal)
    {
        var clumps = Noise.Smooth((point.X + (point.Z * 0.7f)) * 6f, (point.Y - (point.Z * 0.6f)) * 6f);
        var leaves = Noise.Smooth((point.X - point.Z) * 22f, (point.Y + point.Z) * 22f);
        return 0.72f + (0.34f * clumps) + (0.26f * leaves) + (0.1f * normal.Z);
    }

    private static float Bark(Vector3 point, float footprint)
    {
        var around = MathF.Atan2(point.Y, point.X) * 6f;
        var strength = Math.Clamp(0.03f / footprint, 0f, 1f);
        return 1f + (0.20f * strength * (Noise.Smooth(around + 20f, point.Z * 3f) - 0.5f));
    }

    private static float Bricks(Vector3 point, Vector3 normal, float footprint)
    {
        if (normal.Z > 0.5f)
            return 1.08f;
        var along = MathF.Abs(normal.Y) > 0.5f ? point.X : point.Y;
        var course = MathF.Floor(point.Z * 2f / Brick);
        var row = (int)course;
        var shifted = (along / Brick) + ((row & 1) * 0.5f);
        var joint = MathF.Min(shifted - MathF.Floor(shifted), ((point.Z * 2f / Brick) - course) * 0.5f);
        var tint = 0.94f + (0.12f * Noise.At(Noise.Floor(shifted), row));
        var blur = MathF.Max(0.035f, footprint / Brick);
        return joint < blur ? tint * (1f - (0.14f * 0.035f / blur)) : tint;
    }

    /// <summary>A slightly darker border, as of a crate.</summary>
    private static float Frame(in Body body, Vector3 point, Vector3 normal)
    {
        var left = body.Half - Vector3.Abs(point) + (Vector3.Abs(normal) * 1e6f);
        var fromEdge = MathF.Min(left.X, MathF.Min(left.Y, left.Z));
        var border = 0.12f * MathF.Min(body.Half.X, MathF.Min(body.Half.Y, body.Half.Z));
        return fromEdge < border ? 0.88f : 1f;
    }
}
