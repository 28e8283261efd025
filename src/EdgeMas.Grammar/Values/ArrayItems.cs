using EdgeMas.Grammar.Machine;

namespace EdgeMas.Grammar.Values;

/// <summary>
/// What may stand at each place of an array. Where the array has to contain something, an item comes in variants: bit i of the variant says that it is counted
/// for the i-th condition.
/// </summary>
/// <param name="conditions">Fewest and most items that match; with a most, an uncounted item does not match.</param>
/// <param name="prefix">By place, then by variant.</param>
/// <param name="rest">By variant.</param>
internal sealed class ArrayItems(IReadOnlyList<(int Least, int? Most)> conditions, IReadOnlyList<Node[]> prefix, Node[] rest)
{
    internal const int MaxConditions = 3;

    /// <summary>Items that a condition can count.</summary>
    internal const int MaxCount = 500;

    private const int Bits = 10;

    internal int Contained => conditions.Count;

    internal int Variants => 1 << conditions.Count;

    /// <summary>Places that are not like all behind them.</summary>
    internal int Places => prefix.Count;

    internal Node At(int place, int variant) => (place < prefix.Count ? prefix[place] : rest)[variant];

    internal bool IsEnough(int counts)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            if (CountOf(counts, i) < conditions[i].Least)
                return false;
        }
        return true;
    }

    /// <returns>The counts with an item of the variant, or null where it would be one too many.</returns>
    internal int? Count(int counts, int variant)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            if ((variant & (1 << i)) == 0)
                continue;
            var (least, most) = conditions[i];
            var count = CountOf(counts, i) + 1;
            if (count > most)
                return null;
            if (most is null && count > least)
                continue;
            counts += 1 << (Bits * i);
        }
        return counts;
    }

    private static int CountOf(int counts, int condition) => (counts >> (Bits * condition)) & ((1 << Bits) - 1);
}
