namespace EdgeMas.Core.Models;

public enum FinishReason
{
    /// <summary>The model ended its turn, a stop text appeared, or the constraint was complete.</summary>
    Stop,

    /// <summary><see cref="GenerationRequest.MaxTokens"/> or the context was used up.</summary>
    Length,
}
