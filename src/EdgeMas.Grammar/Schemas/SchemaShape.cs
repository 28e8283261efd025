namespace EdgeMas.Grammar.Schemas;

/// <summary>What schemas a keyword's value holds.</summary>
internal enum SchemaShape
{
    None,

    /// <summary>A schema.</summary>
    One,

    /// <summary>An array of schemas.</summary>
    Several,

    /// <summary>An object whose properties are schemas.</summary>
    Named,
}
