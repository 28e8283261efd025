using EdgeMas.Core.Models;
using EdgeMas.Inference.Native;

namespace EdgeMas.Inference.Embedding;

/// <summary>
/// Makes one vector of a text: the last token's where the model was trained so (its GGUF says pooling type 3), else the mean of all tokens. The context is made
/// with the first text. It computes beside the engine, not in its turn: texts to embed take cores from those who wait for output.
/// </summary>
internal sealed class TextEmbedder(Func<NativeEmbedder> create, bool lastToken) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _stop = new();
    private NativeEmbedder? _embedder;
    private bool _disposed;

    /// <param name="tokens">At least one; no more than the context holds.</param>
    internal async Task<TextEmbedding> EmbedAsync(int[] tokens, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
            return await Task.Run(() => Embed(tokens, either.Token), either.Token);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Waits for the text being computed; those that wait are refused (<see cref="ObjectDisposedException"/>).</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _turn.WaitAsync(CancellationToken.None);
        _disposed = true;
        _embedder?.Dispose();
        _turn.Release();
        _stop.Dispose();
    }

    private TextEmbedding Embed(int[] tokens, CancellationToken cancellationToken)
    {
        _embedder ??= create();
        var sum = new double[_embedder.Length];
        _embedder.Compute(
            tokens,
            vector =>
            {
                for (var i = 0; i < sum.Length; i++)
                    sum[i] = lastToken ? vector[i] : sum[i] + vector[i];
            },
            cancellationToken);
        var length = Math.Sqrt(sum.Sum(number => number * number));
        return new TextEmbedding(Array.ConvertAll(sum, number => (float)(length == 0 ? 0 : number / length)), tokens.Length);
    }
}
