namespace EdgeMas.Inference.Engine;

/// <summary>Tokens of one request in the batch to be computed.</summary>
/// <param name="Place">Of the token whose logits choose the next one; −1 when more tokens are known than fit.</param>
internal readonly record struct PlannedPart(AgentSequence Sequence, int From, int Tokens, int Place);
