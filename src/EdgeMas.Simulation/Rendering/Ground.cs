using System.Numerics;
using System.Runtime.CompilerServices;

namespace EdgeMas.Simulation.Rendering;

/// <summary>The look of the ground without shadows: concrete slabs inside the paved area, mown grass around it.</summary>
internal static class Ground
{
    /// <summary>Side of a slab in metres.</summary>
    private const float Slab = 1f;

    private const float JointWidth = 0.014f;

    private static readonly Vector3 Concrete = new(178f, 172f, 160f);
    private static readonly Vector3 Grass = new(116f, 126f, 82f);

    /// <param name="footprint">Metres of ground that one pixel covers: detail smaller than that fades to its mean, or it would glitter.</param>
    /// <returns>Key 1 for concrete, 2 for grass.</returns>
    public static SurfaceHit At(float x, float y, float footprint, in PavedArea paving)
    {
        var paved = x > paving.MinX && x < paving.MaxX && y > paving.MinY && y < paving.MaxY;
        return paved ? new SurfaceHit(Key: 1, SlabAt(x, y, footprint)) : new SurfaceHit(Key: 2, GrassAt(x, y, footprint));
    }

    private static Vector3 SlabAt(float x, float y, float footprint)
    {
        var column = MathF.Floor(x / Slab);
        var row = MathF.Floor(y / Slab);
        var checker = ((int)column + (int)row & 1) == 0 ? 0.045f : -0.045f;
        var tint = 1f + (Visible(Slab, footprint) * (checker + (0.06f * (Noise.At((int)column, (int)row) - 0.5f))));
        tint += 0.16f * Visible(0.035f, footprint) * (Noise.Smooth(x * 70f, y * 70f) - 0.5f);
        tint += 0.10f * Visible(0.4f, footprint) * (Noise.Smooth(x * 2.3f, y * 2.3f) - 0.5f);
        var fromJoint = MathF.Min(Edge(x - (column * Slab)), Edge(y - (row * Slab)));
        var blur = MathF.Max(JointWidth, footprint);
        if (fromJoint < blur)
            tint *= 1f - (0.32f * (JointWidth / blur) * (1f - (0.5f * fromJoint / blur)));
        return Concrete * tint;
    }

    private static Vector3 GrassAt(float x, float y, float footprint)
    {
        var stripe = (Noise.Floor(y / 1.5f) & 1) == 0 ? 0.05f : -0.05f;
        var tint = 0.96f + (stripe * Visible(1.5f, footprint));
        tint += 0.40f * Visible(0.04f, footprint) * (Noise.Smooth(x * 55f, y * 55f) - 0.5f);
        tint += 0.26f * Visible(0.15f, footprint) * (Noise.Smooth(x * 7f, y * 7f) - 0.5f);
        var dry = Noise.Smooth((x * 0.45f) + 17f, (y * 0.45f) + 5f);
        return (Grass + (new Vector3(18f, 8f, 0f) * (dry - 0.4f))) * tint;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Edge(float within) => MathF.Min(within, Slab - within);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Visible(float detail, float footprint) => Math.Clamp(detail / (2f * footprint), 0f, 1f);
}
