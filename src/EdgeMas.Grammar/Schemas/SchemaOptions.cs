namespace EdgeMas.Grammar.Schemas;

/// <summary>How a schema is turned into a grammar.</summary>
public sealed record SchemaOptions
{
    public PropertyOrder Order { get; init; } = PropertyOrder.Free;

    /// <summary>Whitespace may stand around brackets, commas and colons; otherwise there is none.</summary>
    public bool FreeWhitespace { get; init; }

    /// <summary><c>format</c> constrains strings; otherwise it is a remark, as the standard's default vocabulary has it.</summary>
    public bool AssertFormats { get; init; } = true;

    /// <summary>Bytes of a schema that is taken.</summary>
    public int MaxLength { get; init; } = 4 << 20;

    /// <summary>Alternatives of arrays or objects at one place; more are refused.</summary>
    public int MaxAlternatives { get; init; } = 256;

    /// <summary>Steps of work that compiling may take, most of them cells of tables: 20 million are about a second of a small computer that does nothing else, and at most some 200 MB.</summary>
    public long MaxWork { get; init; } = 20_000_000;

    /// <summary>Parts of the compiled grammar; more are refused.</summary>
    public int MaxParts { get; init; } = 100_000;
}
