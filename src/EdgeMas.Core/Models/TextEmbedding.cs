namespace EdgeMas.Core.Models;

/// <param name="Vector">Of length 1.</param>
/// <param name="Tokens">Tokens that were computed for it.</param>
public sealed record TextEmbedding(float[] Vector, int Tokens);
