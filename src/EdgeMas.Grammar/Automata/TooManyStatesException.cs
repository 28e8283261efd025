namespace EdgeMas.Grammar.Automata;

/// <summary>An automaton grew beyond its limit. Compilers turn it into a refusal that names the place.</summary>
internal sealed class TooManyStatesException() : Exception($"it needs an automaton of more than {DfaBuilder.MaxStates} states");
