using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeMas.Core.Models;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Inference.Native;

/// <summary>
/// One context: the memory of all sequences and the batch that is computed next. The engine's thread only, but for <see cref="Abort"/>. A batch is computed as
/// one piece (llama.cpp's micro batch is as large): aborted, it leaves nothing of itself in the memory.
/// </summary>
internal sealed unsafe class NativeContext : IDisposable
{
    /// <summary>llama.cpp's number of a sequence that is empty but for a moment, where sequences share cells; the others' follow. It saves only the first few that there can be.</summary>
    private const int Scratch = 0;

    /// <summary>llama.cpp's <c>LLAMA_FLASH_ATTN_TYPE_AUTO</c>.</summary>
    private const int FlashWherePossible = -1;

    private readonly ContextHandle _handle;
    private readonly ComputePool _pool;
    private readonly nint _memory;
    private readonly int* _abort;
    private readonly int _vocabulary;
    private readonly int _sequences;
    private readonly bool _apart;
    private readonly int _first;
    private readonly IReadOnlyList<ModelAdapter> _adapters;
    private int _adapter;

    /// <summary>Token, position, 1, sequence, pointer to sequence and output flag of each place in the batch; written here, read by llama.cpp.</summary>
    private llama_batch _batch;
    private readonly int* _sequenceOf;

    private NativeContext(ContextHandle handle, ComputePool pool, int* abort, NativeModel model, ContextShape shape, bool shares)
    {
        var batchCapacity = shape.Batch;
        _handle = handle;
        _pool = pool;
        _abort = abort;
        _vocabulary = model.TokenCount;
        _adapters = model.Adapters;
        _sequences = shape.Sequences;
        _apart = shape.Apart;
        _first = shares ? Scratch + 1 : 0;
        _memory = LlamaApi.llama_get_memory(handle);
        BatchCapacity = batchCapacity;
        _sequenceOf = Zeroed<int>(batchCapacity);
        _batch = new llama_batch
        {
            token = Zeroed<int>(batchCapacity),
            pos = Zeroed<int>(batchCapacity),
            n_seq_id = Zeroed<int>(batchCapacity),
            seq_id = (int**)Zeroed<nint>(batchCapacity),
            logits = Zeroed<sbyte>(batchCapacity),
        };
        for (var i = 0; i < batchCapacity; i++)
        {
            _batch.n_seq_id[i] = 1;
            _batch.seq_id[i] = _sequenceOf + i;
        }
    }

    internal int BatchCapacity { get; }

    /// <summary>Bytes for the keys and values of all cells; 0 for a model that has none.</summary>
    internal long MemoryBytes { get; private init; }

    /// <summary>Tokens that the memory holds, of all sequences together.</summary>
    internal int Cells => (int)LlamaApi.llama_n_ctx(_handle);

    /// <exception cref="ModelException">llama.cpp refused; with its own words.</exception>
    internal static NativeContext Create(NativeModel model, string name, ContextShape shape, ILogger logger)
    {
        // In a unified memory any of 256 sequence numbers may be used; llama.cpp makes room for the logits of all that it is told of, 600 kB each.
        var shares = !shape.Apart && model.CanCutSequences;
        var told = shares ? Math.Min(shape.Sequences, shape.Rows) : shape.Sequences;
        var cells = shape.Apart ? shape.Sequences * PaddedCells(shape.Cells) : shape.Cells;
        using var lines = NativeLog.Open(logger);
        var abort = (int*)NativeMemory.AllocZeroed(sizeof(int));
        var parameters = LlamaApi.llama_context_default_params();
        parameters.n_ctx = (uint)cells;
        parameters.n_batch = (uint)shape.Batch;
        parameters.n_ubatch = (uint)shape.Batch;
        parameters.n_seq_max = (uint)told;
        parameters.n_outputs_max = (uint)Math.Max(told, shape.Rows); // llama.cpp asserts one for each sequence
        parameters.n_threads = shape.Threads;
        parameters.n_threads_batch = shape.Threads;
        parameters.kv_unified = shape.Apart ? (byte)0 : (byte)1;
        parameters.flash_attn_type = FlashWherePossible;
        parameters.swa_full = 1; // a window-sized cache forgets tokens that a later request would reuse
        parameters.no_perf = 1;
        parameters.abort_callback = &OnAbort;
        parameters.abort_callback_data = (nint)abort;
        var context = LlamaApi.llama_init_from_model(model.Handle, parameters);
        if (context == 0)
        {
            NativeMemory.Free(abort);
            throw new ModelException(name, $"llama.cpp cannot make a context of {cells} tokens: {lines.Errors}. Try a smaller context.");
        }
        var handle = new ContextHandle(context, model.Handle);
        var pool = ComputePool.Attach(handle, shape.Threads);
        var created = new NativeContext(handle, pool, abort, model, shape, shares) { MemoryBytes = lines.MemoryBytes };
        try
        {
            created.Apply(model.Adapters[0]);
            return created;
        }
        catch
        {
            created.Dispose();
            throw;
        }
    }

    /// <summary>The adapter that the next batches are computed with, by its number in <see cref="NativeModel.Adapters"/>. llama.cpp plans its computing anew
    /// at each change.</summary>
    internal void Use(int adapter)
    {
        if (adapter == _adapter)
            return;
        Apply(_adapters[adapter]);
        _adapter = adapter;
    }

    /// <summary>Empties the batch.</summary>
    internal void Begin() => _batch.n_tokens = 0;

    /// <summary>Puts a token into the batch; at most <see cref="BatchCapacity"/>.</summary>
    /// <param name="output">Its logits are wanted.</param>
    /// <returns>Its place in the batch.</returns>
    internal int Add(int token, int position, int sequence, bool output)
    {
        var i = _batch.n_tokens;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(i, BatchCapacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)token, (uint)_vocabulary);
        _batch.token[i] = token;
        _batch.pos[i] = position;
        _sequenceOf[i] = Number(sequence);
        _batch.logits[i] = output ? (sbyte)1 : (sbyte)0;
        _batch.n_tokens = i + 1;
        return i;
    }

    /// <summary>Computes the batch.</summary>
    internal DecodeStatus Decode() => (DecodeStatus)LlamaApi.llama_decode(_handle, _batch);

    /// <summary>The logits after one token of the batch, which was added with output; valid until the next <see cref="Decode"/>.</summary>
    /// <param name="place">As <see cref="Add"/> returned it.</param>
    internal Span<float> LogitsOf(int place)
    {
        var logits = LlamaApi.llama_get_logits_ith(_handle, place);
        return logits is null ? throw new InvalidOperationException($"place {place} of the batch had no output") : new Span<float>(logits, _vocabulary);
    }

    /// <summary>Makes the computation under way stop soon, and those after it, until called with false. Any thread.</summary>
    internal void Abort(bool stop) => Volatile.Write(ref *_abort, stop ? 1 : 0);

    /// <summary>Forgets the sequence from a position on.</summary>
    /// <returns>False where the memory cannot forget a part.</returns>
    internal bool Remove(int sequence, int from) => LlamaApi.llama_memory_seq_rm(_memory, Number(sequence), from, -1);

    /// <summary>
    /// Lends the first tokens of one sequence to another, which is empty. That writes a few numbers; only where sequences are apart are keys and values copied,
    /// before the next batch.
    /// </summary>
    internal void Lend(int source, int target, int tokens)
    {
        if (_apart)
        {
            LlamaApi.llama_memory_seq_cp(_memory, Number(source), Number(target), -1, -1); // llama.cpp copies whole streams only
            Remove(target, tokens);
        }
        else
        {
            LlamaApi.llama_memory_seq_cp(_memory, Number(source), Number(target), 0, tokens);
        }
    }

    /// <summary>Makes one sequence use another's cells from a position on to a second one, in place of its own. Not where sequences are apart.</summary>
    internal void Share(int source, int target, int from, int to)
    {
        LlamaApi.llama_memory_seq_rm(_memory, Number(target), from, to);
        LlamaApi.llama_memory_seq_cp(_memory, Number(source), Number(target), from, to);
    }

    /// <summary>Positions from 0 without a gap that the memory holds of a sequence.</summary>
    internal int LengthOf(int sequence) =>
        LlamaApi.llama_memory_seq_pos_min(_memory, Number(sequence)) == 0 ? LlamaApi.llama_memory_seq_pos_max(_memory, Number(sequence)) + 1 : 0;

    /// <summary>One more than the last position that the memory holds of a sequence; older ones may be gone where the model looks back through a window.</summary>
    internal int EndOf(int sequence) => LlamaApi.llama_memory_seq_pos_max(_memory, Number(sequence)) + 1;

    /// <summary>Copies the cells of some positions out of the memory, through the scratch sequence. Not where sequences are apart.</summary>
    internal byte[] TakeCells(int sequence, int from, int to)
    {
        LlamaApi.llama_memory_seq_cp(_memory, Number(sequence), Scratch, from, to);
        try
        {
            var bytes = new byte[(int)LlamaApi.llama_state_seq_get_size_ext(_handle, Scratch, 0)];
            fixed (byte* target = bytes)
            {
                var written = LlamaApi.llama_state_seq_get_data_ext(_handle, target, (nuint)bytes.Length, Scratch, 0);
                return written == (nuint)bytes.Length ? bytes : throw new InvalidOperationException($"llama.cpp gives {written} of {bytes.Length} bytes of cells {from} to {to}");
            }
        }
        finally
        {
            LlamaApi.llama_memory_seq_rm(_memory, Scratch, -1, -1);
        }
    }

    /// <summary>Puts cells that were taken back, for a sequence that has those before them. Not where sequences are apart.</summary>
    /// <param name="first">Position of the first one in <paramref name="bytes"/>.</param>
    /// <param name="from">From which on they are wanted.</param>
    /// <returns>False when llama.cpp does not take them, or they are others.</returns>
    internal bool PutCells(ReadOnlySpan<byte> bytes, int sequence, int first, int from, int to)
    {
        fixed (byte* source = bytes)
        {
            var taken = LlamaApi.llama_state_seq_set_data_ext(_handle, source, (nuint)bytes.Length, Scratch, 0) == (nuint)bytes.Length
                && LlamaApi.llama_memory_seq_pos_min(_memory, Scratch) == first && LlamaApi.llama_memory_seq_pos_max(_memory, Scratch) == to - 1;
            if (taken)
                LlamaApi.llama_memory_seq_cp(_memory, Scratch, Number(sequence), from, to);
            LlamaApi.llama_memory_seq_rm(_memory, Scratch, -1, -1);
            return taken;
        }
    }

    public void Dispose()
    {
        _handle.Dispose();
        _pool.Dispose();
        NativeMemory.Free(_abort);
        NativeMemory.Free(_batch.token);
        NativeMemory.Free(_batch.pos);
        NativeMemory.Free(_batch.n_seq_id);
        NativeMemory.Free(_batch.seq_id);
        NativeMemory.Free(_batch.logits);
        NativeMemory.Free(_sequenceOf);
    }

    private void Apply(ModelAdapter adapter)
    {
        var added = false;
        adapter.Handle?.DangerousAddRef(ref added);
        try
        {
            var pointer = adapter.Handle?.DangerousGetHandle() ?? 0;
            var scale = adapter.Scale;
            if (LlamaApi.llama_set_adapters_lora(_handle, &pointer, pointer == 0 ? 0u : 1u, &scale) != 0)
                throw new InvalidOperationException($"llama.cpp does not take the adapter '{adapter.Name}'");
        }
        finally
        {
            if (added)
                adapter.Handle!.DangerousRelease();
        }
    }

    private int Number(int sequence)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)sequence, (uint)_sequences);
        return _first + sequence;
    }

    /// <summary>llama.cpp rounds the cells of a sequence that has its own up to this.</summary>
    internal static int PaddedCells(int cells) => (cells + 255) / 256 * 256;

    private static T* Zeroed<T>(int count) where T : unmanaged => (T*)NativeMemory.AllocZeroed((nuint)count, (nuint)sizeof(T));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte OnAbort(nint flag) => Volatile.Read(ref *(int*)flag) != 0 ? (byte)1 : (byte)0;
}
