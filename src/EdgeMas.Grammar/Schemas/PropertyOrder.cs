namespace EdgeMas.Grammar.Schemas;

public enum PropertyOrder
{
    /// <summary>Properties in any order: every valid instance is allowed.</summary>
    Free,

    /// <summary>In the schema's order, properties that it does not name last: more tokens are forced, and small models do better.</summary>
    Declared,
}
