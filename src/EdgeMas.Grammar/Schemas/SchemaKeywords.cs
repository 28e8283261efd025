using System.Collections.Frozen;

namespace EdgeMas.Grammar.Schemas;

/// <summary>The standard's keywords. Others are remarks, as the standard says.</summary>
internal static class SchemaKeywords
{
    /// <summary>Keywords that decide about values and that no finite grammar here follows.</summary>
    internal static FrozenSet<string> Refused { get; } = FrozenSet.ToFrozenSet(["$dynamicRef", "$recursiveRef", "unevaluatedItems", "unevaluatedProperties"], StringComparer.Ordinal);

    internal static SchemaShape ShapeOf(string keyword) => keyword switch
    {
        "additionalProperties" or "propertyNames" or "items" or "contains" or "not" or "if" or "then" or "else" or "unevaluatedItems" or "unevaluatedProperties" or "additionalItems" or "contentSchema" => SchemaShape.One,
        "prefixItems" or "allOf" or "anyOf" or "oneOf" => SchemaShape.Several,
        "properties" or "patternProperties" or "dependentSchemas" or "$defs" or "definitions" or "dependencies" => SchemaShape.Named,
        _ => SchemaShape.None,
    };
}
