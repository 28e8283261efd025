namespace EdgeMas.Inference.Engine;

/// <summary>Tokens of one request in the batch to be computed.</summary>
/// <param name="Place">Of the token whose logits choose the next one; −1 when more tokens are known than fit.</param>
/// <param name="Guessed">Of its <see cref="AgentSequence.Guesses"/>, so many are in the batch too, behind each other.</param>
/// <param name="GuessPlace">Of the first of them.</param>
internal readonly record struct PlannedPart(AgentSequence Sequence, int From, int Tokens, int Place, int Guessed = 0, int GuessPlace = -1)
{
    /// <summary>Of the token whose logits choose the one after so many right guesses.</summary>
    internal int PlaceAfter(int right) => right == 0 ? Place : GuessPlace + right - 1;
}
