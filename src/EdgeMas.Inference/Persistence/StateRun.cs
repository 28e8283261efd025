namespace EdgeMas.Inference.Persistence;

/// <summary>A prompt and output as it is kept: the first tokens are those of a run before it, the others are its own.</summary>
/// <param name="Parent">Number of that run; −1 for none.</param>
/// <param name="From">How many tokens of it.</param>
/// <param name="Adapter">What it was computed with, as <see cref="StateFingerprint.OfAdapters"/> tells it.</param>
/// <param name="Tokens">Its own, at least one.</param>
/// <param name="Pieces">Their cells as llama.cpp writes them, <see cref="PieceTokens"/> tokens each but the last.</param>
internal sealed record StateRun(int Parent, int From, string Adapter, int[] Tokens, List<ReadOnlyMemory<byte>> Pieces)
{
    /// <summary>So few that copying them takes a few milliseconds: so long a request may have to wait.</summary>
    internal const int PieceTokens = 256;

    internal static int PiecesOf(int tokens) => (tokens + PieceTokens - 1) / PieceTokens;
}
