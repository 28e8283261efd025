using System.Numerics;
using System.Runtime.CompilerServices;

namespace EdgeMas.Simulation.Rendering;

/// <summary>Shadows that bodies throw on the ground: sharp from boxes, soft from balls, and the dim patch below everything that stands.</summary>
internal static class GroundShadow
{
    /// <param name="sunlit">1 in the sun, 0 in full shadow.</param>
    /// <param name="open">1 under the open sky, less close to a body.</param>
    /// <param name="edge">Changes where a shadow begins.</param>
    public static void At(ReadOnlySpan<Body> bodies, Vector3 point, out float sunlit, out float open, out int edge)
    {
        sunlit = 1f;
        open = 1f;
        edge = 0;
        for (var i = 0; i < bodies.Length; i++)
        {
            ref readonly var body = ref bodies[i];
            var offset = body.Centre - point;
            if (!IsNear(body, offset))
                continue;
            if (body.What == Body.Kind.Sphere)
            {
                UnderSphere(body, offset, ref sunlit, ref open);
                continue;
            }
            var sun = new Vector3((Daylight.Sun.X * body.Cos) + (Daylight.Sun.Y * body.Sin), (Daylight.Sun.Y * body.Cos) - (Daylight.Sun.X * body.Sin), Daylight.Sun.Z);
            var local = new Vector3((offset.X * body.Cos) + (offset.Y * body.Sin), (offset.Y * body.Cos) - (offset.X * body.Sin), offset.Z);
            if (Meets(body.Half, local, sun))
            {
                sunlit = 0f;
                edge = 1;
            }
            var aside = Vector2.Max(new Vector2(MathF.Abs(local.X) - body.Half.X, MathF.Abs(local.Y) - body.Half.Y), Vector2.Zero).Length();
            open *= 1f - (0.35f * (1f - Noise.Step(0f, MathF.Min(0.30f, body.Half.Z), aside)));
        }
    }

    /// <summary>Whether the body could darken the point at all: its shadow lies within a circle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsNear(in Body body, Vector3 offset)
    {
        var slide = body.Centre.Z / Daylight.Sun.Z;
        var x = offset.X - (Daylight.Sun.X * slide);
        var y = offset.Y - (Daylight.Sun.Y * slide);
        var reach = (2.2f * (body.Half.X + body.Half.Y + body.Half.Z)) + 0.3f;
        return (x * x) + (y * y) < reach * reach;
    }

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

    private static bool Meets(Vector3 half, Vector3 local, Vector3 sun)
    {
        var inverse = Vector3.One / sun;
        var middle = local * inverse;
        var reach = Vector3.Abs(inverse) * half;
        var enter = middle - reach;
        var leave = middle + reach;
        var nearest = MathF.Min(leave.X, MathF.Min(leave.Y, leave.Z));
        return nearest > 0f && MathF.Max(enter.X, MathF.Max(enter.Y, enter.Z)) <= nearest;
    }
}
