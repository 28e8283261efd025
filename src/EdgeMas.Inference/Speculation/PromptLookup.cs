namespace EdgeMas.Inference.Speculation;

/// <summary>
/// Guesses how an output goes on, without a model: as it went on where the same tokens stood before, in the request's own prompt and output, or else in another
/// agent's output. Prompt lookup decoding: Saxena 2023; LLMA: Yang and others, "Inference with Reference", 2023.
/// </summary>
internal static class PromptLookup
{
    /// <param name="known">Prompt and output so far.</param>
    /// <param name="draft">Is filled with the guess from the beginning.</param>
    /// <returns>Tokens guessed.</returns>
    internal static int Propose(ReadOnlySpan<int> known, NgramTable others, Span<int> draft)
    {
        if (known.Length <= NgramTable.Order)
            return 0;
        var tail = known[^NgramTable.Order..];
        var at = known[..^1].LastIndexOf(tail);
        if (at >= 0)
        {
            var next = known[(at + NgramTable.Order)..];
            var own = Math.Min(next.Length, draft.Length);
            next[..own].CopyTo(draft);
            return own;
        }
        var (a, b, c) = (tail[0], tail[1], tail[2]);
        var count = 0;
        while (count < draft.Length && others.TryNext(a, b, c, out var token))
        {
            draft[count++] = token;
            (a, b, c) = (b, c, token);
        }
        return count;
    }
}
