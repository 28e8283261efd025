using System.Numerics;
using System.Runtime.CompilerServices;

namespace EdgeMas.Simulation.Rendering;

/// <summary>Repeatable irregularity for surfaces: the same place always looks the same, from everywhere.</summary>
internal static class Noise
{
    /// <summary>0 to 1 for each pair of whole numbers, without visible pattern.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float At(int x, int y)
    {
        var hash = ((uint)x * 0x9E3779B1u) ^ ((uint)y * 0x85EBCA77u);
        hash ^= hash >> 15;
        hash *= 0x2C1B3C6Du;
        hash ^= hash >> 12;
        hash *= 0x297A2D39u;
        hash ^= hash >> 15;
        return (hash >> 8) * (1f / 16_777_216f);
    }

    /// <summary>Smooth between the values of whole numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Smooth(float x, float y)
    {
        var column = (int)MathF.Floor(x);
        var row = (int)MathF.Floor(y);
        var across = x - column;
        var down = y - row;
        across *= across * (3f - (2f * across));
        down *= down * (3f - (2f * down));
        var near = At(column, row) + ((At(column + 1, row) - At(column, row)) * across);
        var far = At(column, row + 1) + ((At(column + 1, row + 1) - At(column, row + 1)) * across);
        return near + ((far - near) * down);
    }

    /// <summary>0 below <paramref name="low"/>, 1 above <paramref name="high"/>, smooth between.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Step(float low, float high, float value)
    {
        var part = Math.Clamp((value - low) / (high - low), 0f, 1f);
        return part * part * (3f - (2f * part));
    }

    public static Vector3 ToVector(Colour colour) => new(colour.Red, colour.Green, colour.Blue);
}
