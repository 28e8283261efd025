namespace EdgeMas.Grammar.Vocabulary;

/// <summary>The tokens that a state forces, and for which vocabulary they are.</summary>
internal sealed record StateForced(MaskSource Owner, int[] Tokens);
