using System.Numerics;

namespace EdgeMas.Simulation.World;

/// <summary>
/// A stream of random numbers that is the same on every machine: it uses no transcendental function, whose last bit differs between libraries.
/// </summary>
/// <remarks>One thread. Source: xoshiro256** 1.0 and splitmix64, D. Blackman and S. Vigna, https://prng.di.unimi.it.</remarks>
internal sealed class Noise
{
    private ulong _a, _b, _c, _d;

    /// <param name="stream">Streams of one seed are independent: a sensor that draws more does not change another's noise.</param>
    internal Noise(long seed, int stream)
    {
        var state = unchecked((ulong)seed * 0x9E3779B97F4A7C15) ^ ((ulong)(uint)stream << 32);
        _a = Split(ref state);
        _b = Split(ref state);
        _c = Split(ref state);
        _d = Split(ref state);
    }

    /// <returns>0 to below 1.</returns>
    internal double Uniform() => (Next() >> 11) * (1.0 / (1L << 53));

    /// <summary>Mean 0, standard deviation 1: the sum of twelve uniform numbers (Irwin–Hall), which never exceeds 6.</summary>
    internal double Normal()
    {
        var sum = -6.0;
        for (var i = 0; i < 12; i++)
            sum += Uniform();
        return sum;
    }

    private ulong Next()
    {
        var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    private static ulong Split(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
