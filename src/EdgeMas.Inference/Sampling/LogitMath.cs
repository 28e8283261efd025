using System.Numerics;
using System.Runtime.InteropServices;

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
}
