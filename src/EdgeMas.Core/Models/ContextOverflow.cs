namespace EdgeMas.Core.Models;

/// <summary>What happens to a request whose prompt and output do not fit into the model's context. Other requests do not notice.</summary>
public enum ContextOverflow
{
    /// <summary>A prompt that is too long is refused; an output ends there, with <see cref="FinishReason.Length"/>.</summary>
    Refuse,

    /// <summary>
    /// The beginning that <see cref="GenerationRequest.KeepTokens"/> names stays and the oldest tokens after it go, so many at once that the next ones have room for
    /// a while. What stays is computed again behind the beginning.
    /// </summary>
    Slide,

    /// <summary>As <see cref="Slide"/>, and what goes from the prompt is replaced by what <see cref="GenerationRequest.Summarise"/> makes of it. An output that
    /// reaches the end of the context slides: nobody can be asked in the middle of it.</summary>
    Summarise,
}
