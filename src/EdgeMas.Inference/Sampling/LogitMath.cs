using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeMas.Inference.Sampling;

/// <summary>Arithmetic over a row of logits, one for each token of the vocabulary.</summary>
internal static class LogitMath
{
    internal static float Max(ReadOnlySpan<float> logits)
    {
        var most = float.NegativeInfinity;
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(logits);
        if (vectors.Length > 0)
        {
            var lanes = vectors[0];
            foreach (var vector in vectors)
                lanes = Vector.Max(lanes, vector);
            for (var i = 0; i < Vector<float>.Count; i++)
                most = MathF.Max(most, lanes[i]);
        }
        foreach (var logit in logits[(vectors.Length * Vector<float>.Count)..])
            most = MathF.Max(most, logit);
        return most;
    }

    /// <summary>The natural logarithm of the sum of all exponentials: what turns a logit into a log-probability.</summary>
    internal static double LogSumExp(ReadOnlySpan<float> logits, float max)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(logits);
        var lanes = Vector<float>.Zero;
        var shift = new Vector<float>(max);
        foreach (var vector in vectors)
            lanes += Vector.Exp(vector - shift);
        double sum = Vector.Sum(lanes);
        foreach (var logit in logits[(vectors.Length * Vector<float>.Count)..])
            sum += MathF.Exp(logit - max);
        return max + Math.Log(sum);
    }

    /// <summary>Takes out what a mask forbids: negative infinity where its bit is 0.</summary>
    /// <param name="mask">A bit for each logit, the lowest of a word first.</param>
    internal static void Keep(Span<float> logits, ReadOnlySpan<uint> mask)
    {
        const int WordBits = 32;
        var never = Vector128.Create(float.NegativeInfinity);
        var whole = logits.Length / WordBits;
        for (var word = 0; word < whole; word++)
        {
            var bits = mask[word];
            var row = logits.Slice(word * WordBits, WordBits);
            if (bits == 0)
                row.Fill(float.NegativeInfinity);
            else if (bits != uint.MaxValue)
                KeepWord(row, bits, never);
        }
        for (var i = whole * WordBits; i < logits.Length; i++)
        {
            if ((mask[i / WordBits] & (1u << (i % WordBits))) == 0)
                logits[i] = float.NegativeInfinity;
        }
    }

    private static void KeepWord(Span<float> row, uint bits, Vector128<float> never)
    {
        var lanes = Vector128.Create(1u, 2u, 4u, 8u);
        foreach (ref var four in MemoryMarshal.Cast<float, Vector128<float>>(row))
        {
            var kept = Vector128.Equals(Vector128.Create(bits) & lanes, lanes).AsSingle();
            four = Vector128.ConditionalSelect(kept, four, never);
            bits >>= 4;
        }
    }
}
