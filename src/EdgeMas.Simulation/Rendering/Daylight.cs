using System.Numerics;
using System.Runtime.CompilerServices;

namespace EdgeMas.Simulation.Rendering;

/// <summary>One sun, the light of the sky around it, and the sky itself.</summary>
internal static class Daylight
{
    /// <summary>Unit vector towards the sun.</summary>
    public static readonly Vector3 Sun = Vector3.Normalize(new Vector3(-0.45f, -0.40f, 0.80f));

    private static readonly Vector3 Zenith = new(108f, 156f, 205f);
    private static readonly Vector3 Horizon = new(206f, 220f, 230f);
    private static readonly Vector3 Trees = new(74f, 88f, 72f);

    /// <summary>Lambert's law with a sky that is brighter above than the ground is below.</summary>
    /// <param name="sunlit">0 in full shadow, 1 in the sun.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float On(Vector3 normal, float sunlit = 1f)
    {
        var sky = 0.40f + (0.12f * normal.Z);
        return sky + (0.58f * sunlit * MathF.Max(0f, Vector3.Dot(normal, Sun)));
    }

    /// <summary>Far things take the horizon's colour.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3 Haze(Vector3 rgb, float metres) => Vector3.Lerp(rgb, Horizon, 0.75f * (1f - (1f / (1f + (metres * 0.006f)))));

    private const float HighestTree = 0.062f;

    /// <param name="direction">Unit vector that does not point at the ground.</param>
    public static SurfaceHit Sky(Vector3 direction)
    {
        var height = direction.Z;
        if (height < HighestTree && height < Treetops(direction))
        {
            var leaves = 0.85f + (0.3f * Noise.Smooth((direction.X * 60f) + 200f, (direction.Y * 60f) + (height * 160f) + 200f));
            return new SurfaceHit(Key: -2, Vector3.Lerp(Trees * leaves, Horizon, 0.28f));
        }
        var sky = Vector3.Lerp(Horizon, Zenith, Noise.Step(0f, 0.55f, height));
        var flat = 1f / MathF.Max(0.12f, height + 0.08f);
        var cloud = (0.65f * Noise.Smooth((direction.X * flat * 1.1f) + 40f, (direction.Y * flat * 1.1f) + 40f))
            + (0.35f * Noise.Smooth((direction.X * flat * 3.1f) + 90f, (direction.Y * flat * 3.1f) + 90f));
        return new SurfaceHit(Key: -1, Vector3.Lerp(sky, new Vector3(244f), 0.7f * Noise.Step(0.52f, 0.80f, cloud)));
    }

    private static float Treetops(Vector3 direction) => 0.030f + (0.022f * Around(direction, 5f)) + (0.010f * Around(direction, 40f));

    /// <summary>Noise along the horizon, without a seam.</summary>
    private static float Around(Vector3 direction, float detail) => Noise.Smooth((direction.X + 2f) * detail, (direction.Y + 2f) * detail);
}
