namespace EdgeMas.Grammar.Schemas;

/// <summary>A schema that is wrong, or that the engine cannot follow exactly. It is refused as a whole; nothing is ever ignored silently.</summary>
/// <param name="pointer">JSON pointer of the schema that has the keyword; empty for the root.</param>
/// <param name="keyword">The keyword, or empty for the schema itself.</param>
/// <param name="reason">What is wrong or not supported.</param>
public sealed class SchemaException(string pointer, string keyword, string reason, Exception? inner = null)
    : Exception($"schema {(pointer.Length == 0 ? "#" : $"#{pointer}")}{(keyword.Length == 0 ? "" : $", keyword '{keyword}'")}: {reason}", inner)
{
    public string Pointer { get; } = pointer;

    public string Keyword { get; } = keyword;

    public string Reason { get; } = reason;
}
