namespace EdgeMas.Inference.Prefixes;

/// <summary>What of some tokens is in the memory.</summary>
/// <param name="Node">Where the common beginning ends, inside or at its end.</param>
/// <param name="Length">Tokens that are computed.</param>
/// <param name="Promised">Tokens that are, or will soon be because a request that runs has the same beginning.</param>
/// <param name="Promiser">That request, or null.</param>
internal readonly record struct PrefixMatch(PrefixNode Node, int Length, int Promised, LiveTokens? Promiser);
