namespace EdgeMas.Grammar.Languages;

/// <summary>A grammar given as text is wrong, or asks for something that is not supported or too large.</summary>
/// <param name="kind">What it was read as: <c>gbnf</c>, <c>regex</c> or <c>choices</c>.</param>
/// <param name="line">From 1; 0 where the whole is meant.</param>
/// <param name="column">In UTF-16 code units, from 1; 0 where the whole is meant.</param>
/// <param name="reason">What is wrong, and what was expected.</param>
public sealed class GrammarTextException(string kind, int line, int column, string reason, Exception? inner = null)
    : Exception(line == 0 ? $"{kind}: {reason}" : $"{kind}, line {line}, column {column}: {reason}", inner)
{
    public string Kind { get; } = kind;

    public int Line { get; } = line;

    public int Column { get; } = column;

    public string Reason { get; } = reason;
}
