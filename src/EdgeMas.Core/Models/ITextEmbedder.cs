namespace EdgeMas.Core.Models;

/// <summary>Turns texts into vectors whose directions tell how near their meanings are. Any thread may ask; texts are computed one after another.</summary>
public interface ITextEmbedder
{
    /// <summary>Numbers of a vector.</summary>
    int EmbeddingLength { get; }

    /// <exception cref="ModelException">The text is empty, or longer than the context.</exception>
    Task<TextEmbedding> EmbedAsync(string text, CancellationToken cancellationToken);

    /// <param name="tokens">The text as the model's tokens.</param>
    /// <exception cref="ModelException">There are none, more than the context holds, or one that the model does not have.</exception>
    Task<TextEmbedding> EmbedAsync(IReadOnlyList<int> tokens, CancellationToken cancellationToken);
}
