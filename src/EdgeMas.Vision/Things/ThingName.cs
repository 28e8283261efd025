using System.Collections.Frozen;
using System.Globalization;

namespace EdgeMas.Vision.Things;

/// <summary>
/// A thing's name as people say it, brought to the one form that labels have: lower case, no article, singular, known synonyms, numbers as digits.
/// "The red balls" becomes "red ball". Names come from untrusted text: they are only ever compared.
/// </summary>
public sealed class ThingName
{
    /// <summary>Longer names, in characters, are no names.</summary>
    public const int MaxLength = 64;

    private static readonly FrozenSet<string> Fillers = FrozenSet.ToFrozenSet(
        ["a", "an", "the", "any", "some", "this", "that", "these", "those", "my", "your", "our", "all", "every", "each", "one", "of", "number", "no", "nr"], StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Synonyms = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["sphere"] = "ball", ["cube"] = "box", ["crate"] = "box", ["block"] = "box", ["apriltag"] = "tag", ["marker"] = "tag", ["fiducial"] = "tag",
        ["object"] = Anything, ["item"] = Anything, ["something"] = Anything, ["anything"] = Anything,
        ["violet"] = "purple", ["people"] = "person", ["men"] = "person", ["man"] = "person", ["woman"] = "person", ["women"] = "person", ["child"] = "person", ["children"] = "person",
        ["mice"] = "mouse", ["knives"] = "knife", ["sheep"] = "sheep", ["bicycles"] = "bicycle", ["bike"] = "bicycle", ["motorbike"] = "motorcycle", ["automobile"] = "car",
        ["television"] = "tv", ["sofa"] = "couch", ["plane"] = "airplane", ["aeroplane"] = "airplane", ["buses"] = "bus",
        ["zero"] = "0", ["two"] = "2", ["three"] = "3", ["four"] = "4", ["five"] = "5", ["six"] = "6", ["seven"] = "7", ["eight"] = "8", ["nine"] = "9",
        ["ten"] = "10", ["eleven"] = "11", ["twelve"] = "12", ["thirteen"] = "13", ["fourteen"] = "14", ["fifteen"] = "15", ["sixteen"] = "16", ["seventeen"] = "17",
        ["eighteen"] = "18", ["nineteen"] = "19", ["twenty"] = "20",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The word that fits every noun.</summary>
    internal const string Anything = "thing";

    private readonly string[] _words;

    private ThingName(string[] words) => _words = words;

    /// <summary>In order, normalized.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <returns>Null for text that names nothing: empty, too long, or only articles.</returns>
    public static ThingName? Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > MaxLength)
            return null;
        var cleaned = new string([.. text.Select(letter => char.IsLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : ' ')]);
        var said = cleaned.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var words = new List<string>(said.Length);
        for (var i = 0; i < said.Length; i++)
        {
            if (said[i] == "april" && i + 1 < said.Length && Singular(said[i + 1]) == "tag")
                continue;
            if (said[i] == "one" && words is [.., "tag"])
                words.Add("1");
            else if (!Fillers.Contains(said[i]))
                words.Add(Singular(said[i]));
        }
        return words.Count == 0 ? null : new ThingName([.. words]);
    }

    /// <summary>Whether something with this label is such a thing: every word of the name is one of the label's. A "ball" may be a red one.</summary>
    public bool Fits(string label) => Parse(label) is { } named && _words.All(word => word == Anything || named._words.Contains(word));

    public override string ToString() => string.Join(' ', _words);

    /// <summary>The number after the noun, such as 3 in "tag 3"; null when there is none.</summary>
    internal int? Number => int.TryParse(_words[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Singular(string word)
    {
        if (Synonyms.TryGetValue(word, out var known))
            return known;
        var single = word switch
        {
            [.., 's', 's'] or [.., 'u', 's'] or [.., 'i', 's'] or { Length: < 4 } => word,
            [_, _, .., 'i', 'e', 's'] when word.Length > 4 => word[..^3] + "y",
            [.., 'c' or 's', 'h', 'e', 's'] or [.., 'x' or 'z', 'e', 's'] or [.., 's', 's', 'e', 's'] => word[..^2],
            [.., 's'] => word[..^1],
            _ => word,
        };
        return Synonyms.GetValueOrDefault(single, single);
    }
}
