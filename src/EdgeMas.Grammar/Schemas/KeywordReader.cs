using System.Text.Json;
using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Numbers;
using EdgeMas.Grammar.Patterns;

namespace EdgeMas.Grammar.Schemas;

/// <summary>Reads the keywords that a schema applies to a value itself, type by type.</summary>
/// <param name="valuesOf">Values that fulfil a set of schemas.</param>
internal sealed class KeywordReader(SchemaDocument document, SchemaOptions options, SchemaSets sets, Func<SchemaSet, ValueSet> valuesOf)
{
    /// <summary>Pointer of a schema that asks for host names, or null.</summary>
    internal string? HostNames { get; private set; }

    private readonly Dictionary<string, Dfa> _patterns = new(StringComparer.Ordinal);

    internal SchemaSet One(Subschema schema, string keyword, JsonElement value) => SetOf(document.Child(schema, value, keyword));

    internal IReadOnlyList<SchemaSet> Several(Subschema schema, string keyword, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
            throw schema.Refuse(keyword, "it is an array of at least one schema");
        return [.. value.EnumerateArray().Select((part, index) => SetOf(document.Child(schema, part, keyword, index.ToString(System.Globalization.CultureInfo.InvariantCulture))))];
    }

    internal SchemaSet Reference(Subschema schema, string keyword, JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? SetOf(document.Resolve(schema, keyword, value.GetString()!)) : throw schema.Refuse(keyword, "it is a string");

    /// <summary>All but the keywords that combine schemas.</summary>
    internal ValueSet ReadOwn(Subschema schema)
    {
        var element = schema.Element;
        var values = new ValueSet(true, true, true, ReadNumbers(schema), [ReadStrings(schema)], [new ArrayReader(document, sets, this).Read(schema)], [new ObjectReader(document, sets, this).Read(schema)]);
        if (element.TryGetProperty("type", out var type))
            values = Restrict(values, TypesOf(schema, type));
        values = values with { Strings = [.. values.Strings.Where(static s => !s.IsNone)], Arrays = [.. values.Arrays.Where(static s => !(s.Most < s.Least))] };
        if (element.TryGetProperty("enum", out var listed))
        {
            if (listed.ValueKind != JsonValueKind.Array)
                throw schema.Refuse("enum", "it is an array");
            values = Intersect(schema, values, listed.EnumerateArray());
        }
        if (element.TryGetProperty("const", out var only))
            values = Intersect(schema, values, [only]);
        return values;
    }

    internal IReadOnlyList<StringSet> StringsOf(SchemaSet set) => valuesOf(set).Strings;

    internal Dfa Pattern(Subschema schema, string keyword, string pattern)
    {
        if (_patterns.TryGetValue(pattern, out var known))
            return known;
        try
        {
            return _patterns[pattern] = PatternLanguage.Searched(pattern);
        }
        catch (Exception error) when (error is PatternException or TooManyStatesException)
        {
            throw schema.Refuse(keyword, $"'{pattern}': {error.Message}", error);
        }
    }

    /// <returns>Null where the keyword is missing.</returns>
    internal static int? ReadCount(Subschema schema, string keyword)
    {
        if (!schema.Element.TryGetProperty(keyword, out var value))
            return null;
        var number = value.ValueKind == JsonValueKind.Number ? ExactDecimal.Parse(value.GetRawText()) : null;
        if (number is not { Negative: false, IsWhole: true })
            throw schema.Refuse(keyword, "it is a whole number, at least 0");
        return number.Whole.Length > 9 ? int.MaxValue : int.Parse(number.Whole, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>A most of so many is no limit.</summary>
    internal static int? ReadMost(Subschema schema, string keyword) => ReadCount(schema, keyword) is { } most && most < int.MaxValue ? most : null;

    internal SchemaSet SetOf(Subschema schema) => schema.Element.ValueKind switch
    {
        JsonValueKind.True => sets.Any,
        JsonValueKind.False => sets.Never,
        JsonValueKind.Object when !schema.Element.EnumerateObject().Any() => sets.Any,
        _ => sets.Of(schema.Id),
    };

    private static HashSet<string> TypesOf(Subschema schema, JsonElement type)
    {
        var types = type.ValueKind switch
        {
            JsonValueKind.String => [type.GetString()!],
            JsonValueKind.Array when type.EnumerateArray().All(static t => t.ValueKind == JsonValueKind.String) => type.EnumerateArray().Select(static t => t.GetString()!).ToHashSet(StringComparer.Ordinal),
            _ => throw schema.Refuse("type", "it is a string or an array of strings"),
        };
        foreach (var name in types)
        {
            if (name is not ("null" or "boolean" or "number" or "integer" or "string" or "array" or "object"))
                throw schema.Refuse("type", $"there is no type '{name}'");
        }
        return types;
    }

    private static ValueSet Restrict(ValueSet values, HashSet<string> types) => new(
        values.Null && types.Contains("null"),
        types.Contains("boolean"),
        types.Contains("boolean"),
        types.Contains("number") ? values.Numbers : !types.Contains("integer") ? Dfa.Empty : values.HasAllNumbers ? NumberLanguage.Whole : DfaBuilder.Intersect(values.Numbers, NumberLanguage.Whole),
        types.Contains("string") ? values.Strings : [],
        types.Contains("array") ? values.Arrays : [],
        types.Contains("object") ? values.Objects : []);

    private Dfa ReadNumbers(Subschema schema)
    {
        var numbers = NumberLanguage.All;
        void Add(string keyword, Func<ExactDecimal, Dfa> make)
        {
            if (!schema.Element.TryGetProperty(keyword, out var value) || (document.Legacy && value.ValueKind is JsonValueKind.True or JsonValueKind.False))
                return;
            if (value.ValueKind != JsonValueKind.Number || ExactDecimal.Parse(value.GetRawText()) is not { } bound)
                throw schema.Refuse(keyword, "it is a number of reasonable size");
            try
            {
                var constraint = make(bound);
                numbers = ReferenceEquals(numbers, NumberLanguage.All) ? constraint : DfaBuilder.Intersect(numbers, constraint);
            }
            catch (TooManyStatesException error)
            {
                throw schema.Refuse(keyword, error.Message, error);
            }
        }
        bool Excludes(string keyword) => document.Legacy && schema.Element.TryGetProperty(keyword, out var flag) && flag.ValueKind == JsonValueKind.True;
        Add("minimum", Excludes("exclusiveMinimum") ? NumberLanguage.Above : NumberLanguage.AtLeast);
        Add("maximum", Excludes("exclusiveMaximum") ? NumberLanguage.Below : NumberLanguage.AtMost);
        Add("exclusiveMinimum", NumberLanguage.Above);
        Add("exclusiveMaximum", NumberLanguage.Below);
        Add("multipleOf", divisor => divisor.Negative || divisor.IsZero ? throw schema.Refuse("multipleOf", "it is above 0") : NumberLanguage.MultipleOf(divisor));
        return numbers;
    }

    private StringSet ReadStrings(Subschema schema)
    {
        var strings = new StringSet(null, null, ReadCount(schema, "minLength") ?? 0, ReadMost(schema, "maxLength"));
        if (schema.Element.TryGetProperty("pattern", out var pattern))
        {
            if (pattern.ValueKind != JsonValueKind.String)
                throw schema.Refuse("pattern", "it is a string");
            strings = strings.And(StringSet.Matching(Pattern(schema, "pattern", pattern.GetString()!)));
        }
        if (options.AssertFormats && schema.Element.TryGetProperty("format", out var format))
        {
            if (format.ValueKind != JsonValueKind.String)
                throw schema.Refuse("format", "it is a string");
            if (Formats.Find(schema, format.GetString()!) is { } language)
                strings = strings.And(StringSet.Matching(language));
            if (format.GetString() == "hostname")
                HostNames ??= schema.Pointer;
        }
        return strings;
    }

    private ValueSet Intersect(Subschema schema, ValueSet values, IEnumerable<JsonElement> listed)
    {
        var constants = new ConstantReader(document, sets, this);
        var strings = new List<string>();
        var numbers = Dfa.Empty;
        var arrays = new List<ArrayShape>();
        var objects = new List<ObjectShape>();
        bool isNull = false, isTrue = false, isFalse = false;
        foreach (var value in listed)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Null: isNull = true; break;
                case JsonValueKind.True: isTrue = true; break;
                case JsonValueKind.False: isFalse = true; break;
                case JsonValueKind.String: strings.Add(value.GetString()!); break;
                case JsonValueKind.Number: numbers = DfaBuilder.Unite(numbers, constants.Number(schema, value)); break;
                case JsonValueKind.Array: arrays.Add(constants.Array(schema, value)); break;
                default: objects.Add(constants.Object(schema, value)); break;
            }
        }
        var words = StringSet.Of(strings);
        return new ValueSet(
            isNull && values.Null,
            isTrue && values.True,
            isFalse && values.False,
            DfaBuilder.Intersect(numbers, values.Numbers),
            [.. values.Strings.Select(s => s.And(words)).Where(static s => !s.IsNone)],
            [.. values.Arrays.SelectMany(a => arrays.Select(b => a.And(b, sets)))],
            [.. values.Objects.SelectMany(a => objects.Select(a.And))]);
    }
}
