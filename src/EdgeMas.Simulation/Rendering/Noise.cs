using System.Numerics;
using System.Runtime.CompilerServices;

namespace EdgeMas.Simulation.Rendering;

/// <summary>Repeatable irregularity for surfaces: the same place always looks the same, from everywhere.</summary>
internal static class Noise
{
    private const int Side = 256;

    private static readonly float[] Table = Fill();

    /// <summary>0 to 1 for each pair of whole numbers; repeats after 256.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float At(int x, int y) => Table[((y & (Side - 1)) * Side) + (x & (Side - 1))];

    /// <summary>Rounds down, for values that fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Floor(float value) => float.ConvertToIntegerNative<int>(MathF.Floor(value));

    /// <summary>Smooth between the values of whole numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Smooth(float x, float y)
    {
        var column = Floor(x);
        var row = Floor(y);
        var across = x - column;
        var down = y - row;
        across *= across * (3f - (2f * across));
        down *= down * (3f - (2f * down));
        var here = (row & (Side - 1)) * Side;
        var next = ((row + 1) & (Side - 1)) * Side;
        var left = column & (Side - 1);
        var right = (column + 1) & (Side - 1);
        var table = Table;
        var near = table[here + left] + ((table[here + right] - table[here + left]) * across);
        var far = table[next + left] + ((table[next + right] - table[next + left]) * across);
        return near + ((far - near) * down);
    }

    /// <summary>0 below <paramref name="low"/>, 1 above <paramref name="high"/>, smooth between.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Step(float low, float high, float value)
    {
        var part = Math.Clamp((value - low) / (high - low), 0f, 1f);
        return part * part * (3f - (2f * part));
    }

    /// <summary>A fixed table rather than a hash at each look-up: a picture takes a million of them.</summary>
    private static float[] Fill()
    {
        var table = new float[Side * Side];
        var state = 0x2545F491u;
        for (var i = 0; i < table.Length; i++)
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            table[i] = (state >> 8) * (1f / 16_777_216f);
        }
        return table;
    }

    public static Vector3 ToVector(Colour colour) => new(colour.Red, colour.Green, colour.Blue);
}
