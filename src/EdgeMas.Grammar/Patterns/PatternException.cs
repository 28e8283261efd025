namespace EdgeMas.Grammar.Patterns;

/// <summary>A regular expression that is wrong, or that a finite automaton cannot follow. Compilers turn it into a refusal that names the place.</summary>
internal sealed class PatternException(string reason) : Exception(reason);
