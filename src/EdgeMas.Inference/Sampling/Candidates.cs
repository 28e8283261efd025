using EdgeMas.Inference.Native;

namespace EdgeMas.Inference.Sampling;

/// <summary>Picks the likeliest tokens out of a row of logits and draws one. All in place.</summary>
internal static class Candidates
{
    /// <summary>Writes the tokens with the highest logits, highest first, the lower token first among equals; those of negative infinity are left out.</summary>
    /// <returns>Candidates written.</returns>
    internal static int SelectTop(ReadOnlySpan<float> logits, Span<llama_token_data> top)
    {
        var count = 0;
        for (var token = 0; token < logits.Length; token++)
        {
            var logit = logits[token];
            if (float.IsNegativeInfinity(logit))
                continue;
            if (count < top.Length)
            {
                top[count++] = new llama_token_data { id = token, logit = logit };
                if (count == top.Length && count < logits.Length)
                    Heapify(top);
            }
            else if (logit > top[0].logit)
            {
                top[0] = new llama_token_data { id = token, logit = logit };
                SiftDown(top, 0);
            }
        }
        top[..count].Sort(static (a, b) => Precedes(a, b) ? -1 : Precedes(b, a) ? 1 : 0);
        return count;
    }

    /// <summary>Draws with the probabilities of llama.cpp's chain of top-k, top-p, temperature. The candidates are sorted, the likeliest first; at least one.</summary>
    internal static int Draw(Span<llama_token_data> sorted, Core.Models.Sampling sampling, SeededNoise noise)
    {
        var kept = sampling.TopK > 0 ? sorted[..Math.Min(sampling.TopK, sorted.Length)] : sorted;
        var drawn = kept[0].id;
        var most = double.NegativeInfinity;
        foreach (ref readonly var candidate in KeepLikely(kept, sampling.TopP))
        {
            var noisy = (candidate.logit / (double)sampling.Temperature) + noise.Gumbel(candidate.id);
            if (noisy > most)
                (drawn, most) = (candidate.id, noisy);
        }
        return drawn;
    }

    /// <summary>The fewest of the likeliest whose probabilities make <paramref name="share"/> together.</summary>
    private static Span<llama_token_data> KeepLikely(Span<llama_token_data> sorted, float share)
    {
        if (share >= 1)
            return sorted;
        double sum = 0;
        foreach (ref readonly var candidate in sorted)
            sum += MathF.Exp(candidate.logit - sorted[0].logit);
        double reached = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            reached += MathF.Exp(sorted[i].logit - sorted[0].logit) / sum;
            if (reached >= share)
                return sorted[..(i + 1)];
        }
        return sorted;
    }

    private static bool Precedes(in llama_token_data a, in llama_token_data b) => a.logit > b.logit || (a.logit == b.logit && a.id < b.id);

    /// <summary>Makes a heap with the least candidate on top.</summary>
    private static void Heapify(Span<llama_token_data> heap)
    {
        for (var i = (heap.Length / 2) - 1; i >= 0; i--)
            SiftDown(heap, i);
    }

    private static void SiftDown(Span<llama_token_data> heap, int at)
    {
        while (true)
        {
            var least = at;
            for (var child = (2 * at) + 1; child <= (2 * at) + 2 && child < heap.Length; child++)
            {
                if (Precedes(heap[least], heap[child]))
                    least = child;
            }
            if (least == at)
                return;
            (heap[at], heap[least]) = (heap[least], heap[at]);
            at = least;
        }
    }
}
