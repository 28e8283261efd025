using System.Globalization;

namespace EdgeMas.Grammar.Tests.Languages;

/// <summary>A random grammar over a, b and c, as GBNF text, with a matcher that follows the rules' definitions and shares nothing with the engine.</summary>
internal sealed class RandomGbnf
{
    private const int Rules = 4;
    private readonly Random _random;
    private readonly List<Part> _rules = [];

    internal RandomGbnf(Random random)
    {
        _random = random;
        for (var i = 0; i < Rules; i++)
            _rules.Add(Make(2));
        Text = string.Join('\n', _rules.Select((rule, i) => $"{NameOf(i)} ::= {Write(rule)}"));
    }

    internal string Text { get; }

    private abstract record Part;

    private sealed record Literal(string Text) : Part;

    private sealed record Class(string Members, bool Negative) : Part;

    private sealed record Sequence(IReadOnlyList<Part> Parts) : Part;

    private sealed record Choice(IReadOnlyList<Part> Parts) : Part;

    private sealed record Repeat(Part Item, int Least, int? Most) : Part;

    private sealed record Reference(int Rule) : Part;

    internal static IEnumerable<string> Texts(Random random)
    {
        for (var length = 0; length <= 4; length++)
        {
            for (var number = 0; number < Math.Pow(3, length); number++)
                yield return string.Concat(Enumerable.Range(0, length).Select(place => "abc"[number / (int)Math.Pow(3, place) % 3]));
        }
        for (var i = 0; i < 30; i++)
            yield return string.Concat(Enumerable.Range(0, random.Next(5, 10)).Select(_ => "abc"[random.Next(3)]));
    }

    internal bool Matches(string text) => Ends(_rules[0], text, 0, []).Contains(text.Length);

    /// <summary>Where the part can end when it begins at a place. Ends without a limit only on left recursion, which is not asked.</summary>
    private HashSet<int> Ends(Part part, string text, int at, Dictionary<(int Rule, int At), HashSet<int>> known)
    {
        switch (part)
        {
            case Literal literal:
                return text.AsSpan(at).StartsWith(literal.Text) ? [at + literal.Text.Length] : [];
            case Class set:
                return at < text.Length && set.Members.Contains(text[at], StringComparison.Ordinal) != set.Negative ? [at + (char.IsHighSurrogate(text[at]) ? 2 : 1)] : [];
            case Sequence sequence:
                return sequence.Parts.Aggregate(new HashSet<int> { at }, (ends, item) => [.. ends.SelectMany(end => Ends(item, text, end, known))]);
            case Choice choice:
                return [.. choice.Parts.SelectMany(option => Ends(option, text, at, known))];
            case Reference reference:
                if (!known.TryGetValue((reference.Rule, at), out var found))
                    known[(reference.Rule, at)] = found = Ends(_rules[reference.Rule], text, at, known);
                return found;
            case Repeat repeat:
                HashSet<int> all = repeat.Least == 0 ? [at] : [];
                HashSet<int> last = [at];
                for (var times = 1; times <= (repeat.Most ?? repeat.Least + text.Length + 1) && last.Count > 0; times++)
                {
                    last = [.. last.SelectMany(end => Ends(repeat.Item, text, end, known))];
                    if (times >= repeat.Least)
                        all.UnionWith(last);
                }
                return all;
            default:
                throw new InvalidOperationException(part.GetType().Name);
        }
    }

    private Part Make(int depth) => _random.Next(depth > 0 ? 10 : 4) switch
    {
        0 or 1 => new Literal(string.Concat(Enumerable.Range(0, _random.Next(3)).Select(_ => "abc"[_random.Next(3)]))),
        2 => new Class("abc"[_random.Next(3)..], _random.Next(3) == 0),
        3 => new Reference(_random.Next(Rules)),
        4 or 5 or 6 => new Sequence([.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Make(depth - 1))]),
        7 or 8 => new Choice([.. Enumerable.Range(0, _random.Next(2, 4)).Select(_ => Make(depth - 1))]),
        _ => _random.Next(3) is var least && _random.Next(2) == 0 ? new Repeat(Make(depth - 1), least, null) : new Repeat(Make(depth - 1), least, least + _random.Next(1, 3)),
    };

    private static string NameOf(int rule) => rule == 0 ? "root" : string.Create(CultureInfo.InvariantCulture, $"r-{rule}");

    private static string Write(Part part) => part switch
    {
        Literal literal => $"\"{literal.Text}\"",
        Class set => $"[{(set.Negative ? "^" : "")}{set.Members}]",
        Sequence sequence => $"({string.Join(' ', sequence.Parts.Select(Write))})",
        Choice choice => $"({string.Join(" |\n  ", choice.Parts.Select(Write))})",
        Reference reference => NameOf(reference.Rule),
        Repeat { Least: 0, Most: null } repeat => $"({Write(repeat.Item)})*",
        Repeat { Least: 1, Most: null } repeat => $"({Write(repeat.Item)})+",
        Repeat { Least: 0, Most: 1 } repeat => $"({Write(repeat.Item)})?",
        Repeat repeat => $"({Write(repeat.Item)}){{{repeat.Least}, {repeat.Most}}}",
        _ => throw new InvalidOperationException(part.GetType().Name),
    };
}
