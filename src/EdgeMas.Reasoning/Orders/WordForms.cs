using System.Collections.Frozen;

namespace EdgeMas.Reasoning.Orders;

/// <summary>The singular of a noun as people write it in an order. A small table, since the words themselves are copied from the order.</summary>
internal static class WordForms
{
    private static readonly FrozenDictionary<string, string> Irregular = new Dictionary<string, string>
    {
        ["people"] = "person", ["men"] = "man", ["women"] = "woman", ["children"] = "child", ["mice"] = "mouse", ["leaves"] = "leaf", ["knives"] = "knife",
        ["shelves"] = "shelf", ["geese"] = "goose", ["feet"] = "foot", ["teeth"] = "tooth", ["loaves"] = "loaf", ["calves"] = "calf", ["wolves"] = "wolf",
        ["halves"] = "half", ["wives"] = "wife", ["lives"] = "life", ["oxen"] = "ox", ["dice"] = "die", ["firemen"] = "fireman", ["workmen"] = "workman",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What the word may be in the singular; empty when it does not look like a plural. "boxes" gives both "boxe" and "box": spelling alone does not tell.</summary>
    internal static IReadOnlyList<string> Singulars(string word)
    {
        if (Irregular.TryGetValue(word, out var known))
            return [known];
        if (word.Length < 4 || !word.EndsWith('s') || word.EndsWith("ss", StringComparison.Ordinal) || word.EndsWith("us", StringComparison.Ordinal))
            return [];
        if (word.EndsWith("ies", StringComparison.Ordinal))
            return [word[..^3] + "y", word[..^1]];
        if (word.EndsWith("'s", StringComparison.Ordinal))
            return [word[..^2]];
        return word.EndsWith("es", StringComparison.Ordinal) ? [word[..^1], word[..^2]] : [word[..^1]];
    }
}
