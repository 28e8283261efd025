using System.Runtime.InteropServices;
using EdgeMas.Core.Models;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Inference.Native;

/// <summary>A context of its own that computes what the last layer makes of each token. One thread at a time.</summary>
internal sealed unsafe class NativeEmbedder : IDisposable
{
    /// <summary>Tokens computed at once. llama.cpp computes the logits of each as well, and keeps room for them: vocabulary × 4 bytes a token.</summary>
    private const int Chunk = 32;

    private readonly ContextHandle _handle;
    private readonly ComputePool _pool;
    private readonly int* _tokens;

    private NativeEmbedder(ContextHandle handle, ComputePool pool, int length)
    {
        _handle = handle;
        _pool = pool;
        Length = length;
        _tokens = (int*)NativeMemory.AllocZeroed(Chunk, sizeof(int));
    }

    /// <summary>Numbers of a vector.</summary>
    internal int Length { get; }

    /// <exception cref="ModelException">llama.cpp refused; with its own words.</exception>
    internal static NativeEmbedder Create(NativeModel model, string name, int contextTokens, int threads, ILogger logger)
    {
        using var lines = NativeLog.Open(logger);
        var parameters = LlamaApi.llama_context_default_params();
        parameters.n_ctx = (uint)contextTokens;
        parameters.n_batch = Chunk;
        parameters.n_ubatch = Chunk;
        parameters.n_seq_max = 1;
        parameters.n_threads = threads;
        parameters.n_threads_batch = threads;
        parameters.embeddings = 1;
        parameters.pooling_type = 0; // none: every token's vector
        parameters.no_perf = 1;
        var context = LlamaApi.llama_init_from_model(model.Handle, parameters);
        if (context == 0)
            throw new ModelException(name, $"llama.cpp cannot make a context for embeddings: {lines.Errors}.");
        var handle = new ContextHandle(context, model.Handle);
        return new NativeEmbedder(handle, ComputePool.Attach(handle, threads), LlamaApi.llama_model_n_embd_out(model.Handle));
    }

    /// <summary>Computes the tokens' vectors and gives each to <paramref name="add"/>.</summary>
    /// <exception cref="InvalidOperationException">llama.cpp failed.</exception>
    internal void Compute(ReadOnlySpan<int> tokens, ReadOnlySpanAction add, CancellationToken cancellationToken)
    {
        LlamaApi.llama_memory_seq_rm(LlamaApi.llama_get_memory(_handle), -1, -1, -1);
        while (!tokens.IsEmpty)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var chunk = tokens[..Math.Min(Chunk, tokens.Length)];
            tokens = tokens[chunk.Length..];
            chunk.CopyTo(new Span<int>(_tokens, Chunk));
            var status = LlamaApi.llama_decode(_handle, new llama_batch { n_tokens = chunk.Length, token = _tokens });
            if (status != 0)
                throw new InvalidOperationException($"llama_decode returned {status}");
            for (var i = 0; i < chunk.Length; i++)
                add(new ReadOnlySpan<float>(LlamaApi.llama_get_embeddings_ith(_handle, i), Length));
        }
    }

    public void Dispose()
    {
        _handle.Dispose();
        _pool.Dispose();
        NativeMemory.Free(_tokens);
    }

    /// <param name="vector">Valid during the call.</param>
    internal delegate void ReadOnlySpanAction(ReadOnlySpan<float> vector);
}
