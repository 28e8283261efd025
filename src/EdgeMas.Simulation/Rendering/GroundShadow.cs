using System.Numerics;
using System.Runtime.CompilerServices;

namespace EdgeMas.Simulation.Rendering;

/// <summary>Shadows that bodies throw on the ground: sharp from boxes, soft from balls, and the dim patch below everything that stands.</summary>
internal static class GroundShadow
{
    /// <param name="sunlit">1 in the sun, 0 in full shadow.</param>
    /// <param name="open">1 under the open sky, less close to a body.</param>
    /// <param name="edge">Changes where a shadow begins.</param>
    /// <param name="near">Indices of the bodies to consider.</param>
    public static void At(Body[] bodies, ReadOnlySpan<int> near, Vector3 point, out float sunlit, out float open, out int edge)
    {
        sunlit = 1f;
        open = 1f;
        edge = 0;
        foreach (var i in near)
        {
            ref readonly var body = ref bodies[i];
            var offset = body.Centre - point;
            if (!Reaches(body, new Vector2(point.X, point.Y)))
                continue;
            if (body.IsRound)
            {
                UnderSphere(body, offset, ref sunlit, ref open);
                continue;
            }
            var local = new Vector3((offset.X * body.Cos) + (offset.Y * body.Sin), (offset.Y * body.Cos) - (offset.X * body.Sin), offset.Z);
            if (body.What == Body.Kind.Cylinder ? MeetsCylinder(body, offset) : Meets(body.Half, local, body.InverseSun))
            {
                sunlit = 0f;
                edge = 1;
            }
            var aside = Vector2.Max(new Vector2(MathF.Abs(local.X) - body.Half.X, MathF.Abs(local.Y) - body.Half.Y), Vector2.Zero).Length();
            open *= 1f - (0.35f * (1f - Noise.Step(0f, MathF.Min(0.30f, body.Half.Z), aside)));
        }
    }

    /// <summary>Whether the body could darken a point between two on the ground.</summary>
    public static bool Reaches(in Body body, Vector2 from, Vector2 to)
    {
        var line = to - from;
        var part = Math.Clamp(Vector2.Dot(body.ShadowCentre - from, line) / MathF.Max(1e-9f, line.LengthSquared()), 0f, 1f);
        return Reaches(body, from + (line * part));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Reaches(in Body body, Vector2 point) =>
        Vector2.DistanceSquared(body.ShadowCentre, point) < body.ShadowReach * body.ShadowReach;

    private static void UnderSphere(in Body body, Vector3 offset, ref float sunlit, ref float open)
    {
        var radius = body.Half.X;
        var along = Vector3.Dot(offset, Daylight.Sun);
        if (along > 0f)
        {
            var aside = MathF.Sqrt(MathF.Max(0f, offset.LengthSquared() - (along * along)));
            sunlit *= Noise.Step(radius * 0.86f, radius * 1.10f, aside);
        }
        var around = new Vector2(offset.X, offset.Y).LengthSquared() / (radius * radius);
        open *= 1f - (0.65f * (1f - Noise.Step(0f, 1.2f, around)) * Math.Clamp((2f * radius - offset.Z) / radius, 0f, 1f));
    }

    /// <summary>The shadow of an upright cylinder is a strip as wide as itself, as long as its height over the sun's slope.</summary>
    private static bool MeetsCylinder(in Body body, Vector3 offset)
    {
        var sun = new Vector2(Daylight.Sun.X, Daylight.Sun.Y);
        var length = sun.Length();
        var towards = sun / length;
        var along = (offset.X * towards.X) + (offset.Y * towards.Y);
        var aside = MathF.Abs((offset.Y * towards.X) - (offset.X * towards.Y));
        return aside < body.Half.X && along > 0f && along < 2f * body.Half.Z * length / Daylight.Sun.Z;
    }

    private static bool Meets(Vector3 half, Vector3 local, Vector3 inverse)
    {
        var middle = local * inverse;
        var reach = Vector3.Abs(inverse) * half;
        var enter = middle - reach;
        var leave = middle + reach;
        var nearest = MathF.Min(leave.X, MathF.Min(leave.Y, leave.Z));
        return nearest > 0f && MathF.Max(enter.X, MathF.Max(enter.Y, enter.Z)) <= nearest;
    }
}
