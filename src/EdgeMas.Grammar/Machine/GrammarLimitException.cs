namespace EdgeMas.Grammar.Machine;

/// <summary>A grammar reads a text in too many ways at once.</summary>
public sealed class GrammarLimitException(string reason) : Exception(reason);
