namespace EdgeMas.Grammar.Vocabulary;

/// <summary>A state's mask, and for which vocabulary it is.</summary>
internal sealed record StateMask(MaskSource Owner, TokenMask Mask);
