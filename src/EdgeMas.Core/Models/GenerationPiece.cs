namespace EdgeMas.Core.Models;

/// <param name="Text">The next piece of output; empty in the last one.</param>
/// <param name="Result">In the last one only.</param>
public readonly record struct GenerationPiece(string Text, GenerationResult? Result);
