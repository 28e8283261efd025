namespace EdgeMas.Grammar.Vocabulary;

/// <summary>Tokens that a walk need not mark: those over an alphabet, up to a length.</summary>
/// <param name="Alphabet">Its bit; 0 for none.</param>
/// <param name="Characters">Most characters.</param>
/// <param name="Refused">Collects those that the automaton does not read after all; null where it surely reads every one.</param>
internal readonly record struct MarkedTokens(byte Alphabet, int Characters, MaskBuilder? Refused);
