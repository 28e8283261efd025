using System.Globalization;
using EdgeMas.Reasoning.Quantities;

namespace EdgeMas.Reasoning.Orders;

/// <summary>
/// Which of the robot's places an order names. People leave words out ("the shelf" for "pickup shelf"), write numbers as words ("p one" for "P1") and say several
/// at once ("both gates"); so a place is named in full, or in part by words that no place named in full has taken: "gate 2" does not name "gate 1" too.
/// </summary>
internal sealed class SaidPlaces
{
    private const int LongestJoin = 4;

    private static readonly HashSet<string> Weightless = ["a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "with", "and", "or"];

    private readonly List<string> _spoken;
    private readonly bool[] _taken;

    internal SaidPlaces(OrderText order, IReadOnlyList<string> places)
    {
        _spoken = [.. order.Words.SelectMany(Split).Select(Digits)];
        _taken = new bool[_spoken.Count];
        InFull = [.. places.Where(TakeInFull)];
        All = [.. places.Where(place => InFull.Contains(place) || IsPartlySaid(place))];
    }

    /// <summary>In the robot's spelling and order.</summary>
    internal IReadOnlyList<string> All { get; }

    /// <summary>Those of them whose every word of weight was said, one after the other.</summary>
    internal IReadOnlyList<string> InFull { get; }

    private bool TakeInFull(string place)
    {
        var words = WordsOfWeight(place);
        var joined = string.Concat(Split(place).Select(Digits));
        var isSaid = false;
        for (var at = 0; at < _spoken.Count; at++)
        {
            var length = LengthSaid(words, at) ?? LengthJoined(joined, at);
            for (var i = 0; i < length; i++)
                _taken[at + i] = true;
            isSaid |= length > 0;
        }
        return isSaid;
    }

    private int? LengthSaid(List<string> words, int at)
    {
        if (words.Count == 0 || at + words.Count > _spoken.Count)
            return null;
        for (var i = 0; i < words.Count; i++)
        {
            if (!AreSame(words[i], _spoken[at + i]))
                return null;
        }
        return words.Count;
    }

    /// <summary>"p one" for "P1", "crac 1" for "CRAC-1".</summary>
    private int? LengthJoined(string joined, int at)
    {
        var said = "";
        for (var length = 1; length <= LongestJoin && at + length <= _spoken.Count && said.Length < joined.Length; length++)
        {
            said += _spoken[at + length - 1];
            if (length > 1 && said == joined)
                return length;
        }
        return null;
    }

    private bool IsPartlySaid(string place) =>
        WordsOfWeight(place).Exists(word => Enumerable.Range(0, _spoken.Count).Any(at => !_taken[at] && AreSame(word, _spoken[at])));

    /// <summary>A last word always counts: "gate A" is not "gate B".</summary>
    private static List<string> WordsOfWeight(string place)
    {
        var words = Split(place).Select(Digits).ToList();
        return [.. words.Where((word, i) => i == words.Count - 1 || !Weightless.Contains(word))];
    }

    private static bool AreSame(string word, string said) =>
        word == said || WordForms.Singulars(said).Contains(word) || WordForms.Singulars(word).Contains(said);

    private static string Digits(string word)
    {
        var at = 0;
        return NumberWords.TryRead([word], ref at, out var value) && value == Math.Floor(value) ? value.ToString(CultureInfo.InvariantCulture) : word;
    }

    private static IEnumerable<string> Split(string text)
    {
        var from = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetterOrDigit(text[i]))
                continue;
            if (i > from)
                yield return text[from..i].ToLowerInvariant();
            from = i + 1;
        }
    }
}
