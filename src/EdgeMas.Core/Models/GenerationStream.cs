using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace EdgeMas.Core.Models;

/// <summary>Output as it comes, for callers that await.</summary>
public static class GenerationStream
{
    /// <summary>The pieces of output, then the result. Leaving the enumeration early cancels the request.</summary>
    /// <remarks>Pieces wait here for a slow reader, bounded by <see cref="GenerationRequest.MaxTokens"/>; the engine waits for nobody.</remarks>
    public static async IAsyncEnumerable<GenerationPiece> StreamAsync(
        this ILanguageModel model, GenerationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        var pieces = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var end = GenerateAsync();
        try
        {
            await foreach (var piece in pieces.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
                yield return new GenerationPiece(piece, null);
            yield return new GenerationPiece("", await end.ConfigureAwait(false));
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // the caller has left, or has seen it
        }

        async Task<GenerationResult> GenerateAsync()
        {
            try
            {
                return await model.GenerateAsync(request, piece => pieces.Writer.TryWrite(piece), stop.Token).ConfigureAwait(false);
            }
            finally
            {
                pieces.Writer.Complete();
            }
        }
    }
}
