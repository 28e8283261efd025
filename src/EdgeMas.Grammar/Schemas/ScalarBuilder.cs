using System.Runtime.CompilerServices;
using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Numbers;
using EdgeMas.Grammar.Strings;

namespace EdgeMas.Grammar.Schemas;

/// <summary>Automata of a set's null, booleans, numbers and strings as JSON writes them.</summary>
internal sealed class ScalarBuilder(WordTries tries)
{
    private static readonly ConditionalWeakTable<Dfa, Dfa> Spelled = [];

    internal IEnumerable<Automaton> Build(ValueSet values)
    {
        var words = new List<byte[]>();
        if (values.Null)
            words.Add("null"u8.ToArray());
        if (values.True)
            words.Add("true"u8.ToArray());
        if (values.False)
            words.Add("false"u8.ToArray());
        foreach (var strings in values.Strings)
        {
            if (strings.Words is not null)
                words.AddRange(strings.Words.Select(JsonText.QuoteBytes));
            else
                yield return BuildStrings(strings);
        }
        if (words.Count > 0)
            yield return tries.Of(words.DistinctBy(Convert.ToHexString)); // alternatives may list the same
        if (!values.Numbers.IsEmpty)
            yield return BuildNumbers(values);
    }

    /// <summary>The table as JSON writes its words; the same one for the same table, so that masks are shared.</summary>
    internal static Dfa Spell(Dfa text) => Spelled.GetValue(text, StringSpelling.Spell);

    private static Automaton BuildStrings(StringSet strings) =>
        strings.Pattern is null ? FreeString.Of(strings.Least, strings.Most < FreeString.Longest ? strings.Most : null) : Spell(strings.ToDfa());

    /// <summary>Numbers as they are usually written, where that loses no value: whole ones without point, listed ones without needless zeros.</summary>
    private static Dfa BuildNumbers(ValueSet values)
    {
        if (values.HasAllNumbers)
            return NumberLanguage.Free;
        if (ReferenceEquals(values.Numbers, NumberLanguage.Whole))
            return NumberLanguage.WholeOnly;
        var plain = DfaBuilder.Intersect(values.Numbers, NumberLanguage.Plain);
        var whole = DfaBuilder.Intersect(plain, NumberLanguage.WholeOnly);
        return DfaBuilder.Subtract(plain, whole).IsEmpty || plain.IsFinite() ? plain : DfaBuilder.Subtract(values.Numbers, NumberLanguage.MinusZero);
    }
}
