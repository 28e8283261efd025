using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Machine;
using EdgeMas.Grammar.Strings;
using EdgeMas.Grammar.Values;

namespace EdgeMas.Grammar.Schemas;

/// <summary>Arrays without equal items, where the items are listed values: others would need a memory of everything written.</summary>
internal sealed class UniqueBuilder(SchemaEvaluator evaluator, WordTries tries)
{
    private const int MaxMembers = 1_000;

    internal Node Build(ArrayShape shape, Punctuation punctuation)
    {
        if (shape.Prefix.Count > 0 || shape.Contained.Count > 0)
            throw new ComplementException("uniqueItems together with prefixItems or contains");
        var values = evaluator.ValuesOf(shape.Rest);
        if (values.Objects.Count > 0 || values.Arrays.Count > 0 || values.Strings.Any(static s => s.Words is null) || !values.Numbers.IsEmpty)
            throw new ComplementException("uniqueItems of items that are not listed strings, booleans or null");
        var words = new List<byte[]>();
        if (values.Null)
            words.Add("null"u8.ToArray());
        if (values.True)
            words.Add("true"u8.ToArray());
        if (values.False)
            words.Add("false"u8.ToArray());
        words.AddRange(values.Strings.SelectMany(static s => s.Words!).Distinct(StringComparer.Ordinal).Select(JsonText.QuoteBytes));
        if (words.Count > MaxMembers)
            throw new ComplementException($"uniqueItems of more than {MaxMembers} listed values");
        return new UniqueArrayNode(tries.Of(words), shape.Least, shape.Most ?? int.MaxValue, punctuation);
    }
}
