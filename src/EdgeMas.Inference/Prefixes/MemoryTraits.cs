namespace EdgeMas.Inference.Prefixes;

/// <summary>What can be done with a context's memory.</summary>
/// <param name="CanCut">A sequence can be cut anywhere; not a recurrent state.</param>
/// <param name="Window">Tokens that most layers look back; 0 for all.</param>
/// <param name="Apart">Each sequence has cells of its own.</param>
internal readonly record struct MemoryTraits(bool CanCut, int Window, bool Apart);
