using System.Collections.Frozen;
using System.Text;
using EdgeMas.Reasoning.Orders;

namespace EdgeMas.Reasoning.Constraints;

/// <summary>
/// Grammar rules for runs of an order's words: one small rule a word, each going on to the next, so that the grammar grows with the order's length and not
/// with its square. A text is any run; a thing does not begin with an article, does not end in a function word, and its last word may be in the singular.
/// </summary>
internal static class OrderSpansGbnf
{
    internal const string Text = "text";
    internal const string Thing = "thing";

    private static readonly FrozenSet<string> NeverFirst = Set("a an the any some and or then to of if please is are there");
    private static readonly FrozenSet<string> NeverLast = Set("a an the any some and or then to of if please is are in on at with for");

    internal static void Write(StringBuilder grammar, IReadOnlyList<string> words)
    {
        WriteTexts(grammar, words);
        WriteThings(grammar, words);
    }

    private static void WriteTexts(StringBuilder grammar, IReadOnlyList<string> words)
    {
        grammar.Append(Text).Append(" ::= \"\\\"\" (").Append(Gbnf.Either(Enumerable.Range(0, words.Count).Select(i => $"x{i}"))).Append(") \"\\\"\"\n");
        for (var i = 0; i < words.Count; i++)
        {
            grammar.Append('x').Append(i).Append(" ::= ").Append(Gbnf.JsonPart(words[i]));
            if (i + 1 < words.Count)
                grammar.Append(" (\" \" x").Append(i + 1).Append(")?");
            grammar.Append('\n');
        }
    }

    private static void WriteThings(StringBuilder grammar, IReadOnlyList<string> words)
    {
        var starts = new List<string>();
        var rules = new string?[words.Count + 1];
        for (var i = words.Count - 1; i >= 0; i--)
        {
            rules[i] = WriteThingFrom(words[i], rules[i + 1] is null ? null : $"h{i + 1}", canEnd: !NeverLast.Contains(words[i]));
            if (rules[i] is not null && !NeverFirst.Contains(words[i]))
                starts.Add($"h{i}");
        }
        if (starts.Count == 0)
        {
            grammar.Append(Thing).Append(" ::= ").Append(Text).Append('\n');
            return;
        }
        starts.Reverse();
        grammar.Append(Thing).Append(" ::= \"\\\"\" (").Append(Gbnf.Either(starts)).Append(") \"\\\"\"\n");
        for (var i = 0; i < words.Count; i++)
        {
            if (rules[i] is { } rule)
                grammar.Append('h').Append(i).Append(" ::= ").Append(rule).Append('\n');
        }
    }

    private static string? WriteThingFrom(string word, string? next, bool canEnd)
    {
        var literal = Gbnf.JsonPart(word);
        var ways = new List<string>();
        if (next is not null)
            ways.Add(canEnd ? $"{literal} (\" \" {next})?" : $"{literal} \" \" {next}");
        else if (canEnd)
            ways.Add(literal);
        if (canEnd)
            ways.AddRange(WordForms.Singulars(word).Select(Gbnf.JsonPart));
        return ways.Count == 0 ? null : Gbnf.Either(ways);
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
