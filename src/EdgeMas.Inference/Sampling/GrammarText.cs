namespace EdgeMas.Inference.Sampling;

/// <summary>Bounds of a GBNF text before llama.cpp's parser sees it: it recurses for each bracket, and a stack that runs over ends the process.</summary>
internal static class GrammarText
{
    internal const int MaxLength = 1 << 20;
    internal const int MaxDepth = 256;

    /// <returns>What is wrong with it, or null.</returns>
    internal static string? Objection(string gbnf)
    {
        if (string.IsNullOrWhiteSpace(gbnf))
            return "it is empty; null means no grammar";
        if (gbnf.Length > MaxLength)
            return $"it has {gbnf.Length} characters; at most {MaxLength} are taken";
        if (gbnf.Contains('\0', StringComparison.Ordinal))
            return "it contains a zero character";
        var depth = 0;
        foreach (var character in gbnf)
        {
            // Brackets inside literals count too: that errs on the safe side only where they are many and unbalanced.
            depth = character switch { '(' => depth + 1, ')' => Math.Max(0, depth - 1), '\n' => depth, _ => depth };
            if (depth > MaxDepth)
                return $"its brackets nest deeper than {MaxDepth}";
        }
        return null;
    }
}
