using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Patterns;

namespace EdgeMas.Grammar.Schemas;

/// <summary>A set of strings: listed ones, or those of a pattern and a length.</summary>
/// <param name="Words">Listed, sorted, distinct; null where there is no list, and then the others count.</param>
/// <param name="Pattern">Null for all.</param>
/// <param name="Least">Fewest characters (Unicode scalar values).</param>
/// <param name="Most">Most characters; null for no limit.</param>
internal sealed record StringSet(IReadOnlyList<string>? Words, Dfa? Pattern, int Least, int? Most)
{
    internal static StringSet All { get; } = new(null, null, 0, null);

    internal bool IsAll => Words is null && Pattern is null && Least == 0 && Most is null;

    internal bool IsNone => Words is not null ? Words.Count == 0 : Pattern?.IsEmpty == true || Most < Least;

    internal static StringSet Of(IEnumerable<string> words) => new([.. words.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], null, 0, null);

    internal static StringSet Matching(Dfa pattern) => new(null, pattern, 0, null);

    internal static int LengthOf(string text) => text.EnumerateRunes().Count();

    internal StringSet And(StringSet other)
    {
        if (Words is not null)
            return this with { Words = [.. Words.Where(other.Has)] };
        if (other.Words is not null)
            return other.And(this);
        var pattern = Pattern is null || ReferenceEquals(Pattern, other.Pattern) ? other.Pattern : other.Pattern is null ? Pattern : DfaBuilder.Intersect(Pattern, other.Pattern);
        return new StringSet(null, pattern, Math.Max(Least, other.Least), Most is null ? other.Most : other.Most is null ? Most : Math.Min(Most.Value, other.Most.Value));
    }

    internal bool Has(string text)
    {
        if (Words is not null)
            return Words.Contains(text, StringComparer.Ordinal);
        if (Pattern is not null && !Pattern.Accepts(System.Text.Encoding.UTF8.GetBytes(text)))
            return false;
        var length = LengthOf(text);
        return length >= Least && !(length > Most);
    }

    /// <summary>A table over the strings' own UTF-8.</summary>
    internal Dfa ToDfa()
    {
        if (Words is not null)
            return WordList.Build(Words);
        var pattern = Pattern ?? PatternLanguage.All;
        return Least == 0 && Most is null ? pattern : DfaBuilder.Intersect(pattern, PatternLanguage.OfLength(Least, Most));
    }

    /// <summary>All other strings, as a union.</summary>
    internal IEnumerable<StringSet> Not()
    {
        if (Words is not null)
        {
            yield return Matching(DfaBuilder.Subtract(PatternLanguage.All, WordList.Build(Words)));
            yield break;
        }
        if (Pattern is not null)
            yield return Matching(DfaBuilder.Subtract(PatternLanguage.All, Pattern));
        if (Least > 0)
            yield return new StringSet(null, null, 0, Least - 1);
        if (Most < int.MaxValue)
            yield return new StringSet(null, null, Most.Value + 1, null);
    }
}
