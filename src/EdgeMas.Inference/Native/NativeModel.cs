using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using EdgeMas.Core.Models;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Inference.Native;

/// <summary>The weights, the adapter and the facts about them. Reading is safe from any thread while it is not disposed.</summary>
internal sealed unsafe class NativeModel : IDisposable
{
    private readonly Task<NativeModel>? _separate;
    private NativeVocabulary? _vocabulary;

    private NativeModel(ModelHandle handle, IReadOnlyList<ModelAdapter> adapters, Task<NativeModel>? separate = null)
    {
        Handle = handle;
        Adapters = adapters;
        _separate = separate;
        TokenCount = LlamaApi.llama_vocab_n_tokens(LlamaApi.llama_model_get_vocab(handle));
    }

    internal ModelHandle Handle { get; }

    /// <summary>First what a request has that asks for none: the model's own adapter, or nothing.</summary>
    internal IReadOnlyList<ModelAdapter> Adapters { get; }

    /// <summary>Waits for it where it is read separately and not there yet. Any thread.</summary>
    /// <exception cref="ModelException">llama.cpp refused it; with its own words.</exception>
    internal NativeVocabulary Vocabulary => _vocabulary ??= _separate?.GetAwaiter().GetResult().Vocabulary ?? new NativeVocabulary(Handle);

    /// <summary>Of the vocabulary, whether it is there yet or not.</summary>
    internal int TokenCount { get; }

    internal long Bytes => (long)LlamaApi.llama_model_size(Handle);

    internal long Parameters => (long)LlamaApi.llama_model_n_params(Handle);

    internal int TrainedContext => LlamaApi.llama_model_n_ctx_train(Handle);

    internal int EmbeddingLength => LlamaApi.llama_model_n_embd_out(Handle);

    /// <summary>A sequence's memory can be cut anywhere: not where a recurrent state stands for all tokens before it.</summary>
    internal bool CanCutSequences => !LlamaApi.llama_model_is_recurrent(Handle) && !LlamaApi.llama_model_is_hybrid(Handle);

    /// <summary>Tokens that most layers look back; 0 where all look back to the beginning.</summary>
    internal int Window => LlamaApi.llama_model_n_swa(Handle);

    internal string Description
    {
        get
        {
            var buffer = stackalloc byte[256];
            _ = LlamaApi.llama_model_desc(Handle, buffer, 256);
            return Marshal.PtrToStringUTF8((nint)buffer) ?? "";
        }
    }

    /// <summary>The model's own chat template (Jinja), or null.</summary>
    internal string? ChatTemplate => Marshal.PtrToStringUTF8((nint)LlamaApi.llama_model_chat_template(Handle, name: null));

    /// <summary>Reads the weights, and the adapters that the card names: all of them before there is a context, which makes room for their computing. Blocks; reports progress from 0 to 1.</summary>
    /// <param name="separate">Where <see cref="SeparateVocabulary.Of"/> has found that it can be done: the vocabulary is read on a thread of its own meanwhile, which
    /// takes as long as the weights of a small model.</param>
    /// <exception cref="ModelException">llama.cpp refused; with its own words.</exception>
    internal static NativeModel Load(ModelCard card, int gpuLayers, ILogger logger, IProgress<double>? progress, CancellationToken cancellationToken, SeparateVocabulary? separate = null)
    {
        var vocabulary = separate is null ? null : Task.Factory.StartNew(() => LoadVocabulary(card.Path, logger), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        using var lines = NativeLog.Open(logger);
        ModelHandle? handle = null;
        IReadOnlyList<ModelAdapter> adapters = [];
        try
        {
            handle = LoadWeights(card, gpuLayers, separate, progress, lines, cancellationToken);
            if (!LlamaApi.llama_model_has_decoder(handle) || LlamaApi.llama_model_has_encoder(handle) || LlamaApi.llama_model_is_diffusion(handle))
                throw new ModelException(card.Path, "it does not write text token by token (an encoder, an encoder-decoder or a diffusion model); take a causal language model.");
            adapters = LoadAdapters(handle, card, lines);
            return new NativeModel(handle, adapters, vocabulary);
        }
        catch
        {
            foreach (var adapter in adapters)
                adapter.Handle?.Dispose();
            handle?.Dispose();
            Forget(vocabulary);
            throw;
        }
    }

    /// <summary>Reads the vocabulary alone.</summary>
    /// <exception cref="ModelException">llama.cpp refused; with its own words.</exception>
    internal static NativeModel LoadVocabulary(string path, ILogger logger)
    {
        using var lines = NativeLog.Open(logger);
        var parameters = LlamaApi.llama_model_default_params();
        parameters.vocab_only = 1;
        var handle = new ModelHandle(LlamaApi.llama_model_load_from_file(path, parameters));
        if (!handle.IsInvalid)
            return new NativeModel(handle, []);
        handle.Dispose();
        throw new ModelException(path, $"llama.cpp v0.5.0 does not load its vocabulary: {lines.Errors}");
    }

    /// <summary>The turns as the template lays them out, with the start of the assistant's turn.</summary>
    /// <returns>Null when the template is none of those that llama.cpp knows.</returns>
    internal static string? ApplyTemplate(string template, IReadOnlyList<ChatTurn> turns)
    {
        var messages = new llama_chat_message[turns.Count];
        var strings = new List<nint>();
        try
        {
            var bytes = 1024;
            for (var i = 0; i < turns.Count; i++)
            {
                var role = Marshal.StringToCoTaskMemUTF8(turns[i].Role);
                strings.Add(role);
                var content = Marshal.StringToCoTaskMemUTF8(turns[i].Content.Replace("\0", "", StringComparison.Ordinal));
                strings.Add(content);
                messages[i] = new llama_chat_message { role = (byte*)role, content = (byte*)content };
                bytes += 256 + (2 * Encoding.UTF8.GetByteCount(turns[i].Content));
            }
            fixed (llama_chat_message* chat = messages)
            {
                while (true)
                {
                    var buffer = new byte[bytes];
                    fixed (byte* start = buffer)
                    {
                        var written = LlamaApi.llama_chat_apply_template(template, chat, (nuint)messages.Length, addAssistant: 1, start, bytes);
                        if (written < 0)
                            return null;
                        if (written <= bytes)
                            return Encoding.UTF8.GetString(buffer, 0, written);
                        bytes = written;
                    }
                }
            }
        }
        finally
        {
            foreach (var text in strings)
                Marshal.FreeCoTaskMem(text);
        }
    }

    public void Dispose()
    {
        foreach (var adapter in Adapters)
            adapter.Handle?.Dispose();
        Handle.Dispose();
        Forget(_separate);
    }

    /// <summary>Frees it, once it is there; where it failed, its error was told to whoever asked for it, or that of the weights was.</summary>
    private static void Forget(Task<NativeModel>? vocabulary)
    {
        if (vocabulary is not null && Task.WhenAny(vocabulary).GetAwaiter().GetResult().Exception is null)
            vocabulary.GetAwaiter().GetResult().Dispose();
    }

    private static ModelHandle LoadWeights(ModelCard card, int gpuLayers, SeparateVocabulary? separate, IProgress<double>? progress, NativeLog lines, CancellationToken cancellationToken)
    {
        var parameters = LlamaApi.llama_model_default_params();
        parameters.n_gpu_layers = gpuLayers;
        var overrides = stackalloc llama_model_kv_override[SeparateVocabulary.Overrides + 1];
        overrides[0] = default;
        separate?.Write(overrides);
        parameters.kv_overrides = (nint)overrides;
        var listener = GCHandle.Alloc(new LoadListener(progress, cancellationToken));
        try
        {
            parameters.progress_callback = &OnProgress;
            parameters.progress_callback_user_data = GCHandle.ToIntPtr(listener);
            var handle = new ModelHandle(LlamaApi.llama_model_load_from_file(card.Path, parameters));
            if (!handle.IsInvalid)
                return handle;
            handle.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw new ModelException(card.Path, $"llama.cpp v0.5.0 does not load it: {lines.Errors}");
        }
        finally
        {
            listener.Free();
        }
    }

    private static List<ModelAdapter> LoadAdapters(ModelHandle model, ModelCard card, NativeLog lines)
    {
        var adapters = new List<ModelAdapter>();
        try
        {
            adapters.Add(new ModelAdapter("", card.AdapterPath is null ? null : LoadAdapter(model, card.Path, card.AdapterPath, lines), 1));
            foreach (var named in card.Adapters)
                adapters.Add(new ModelAdapter(named.Name, LoadAdapter(model, card.Path, named.Path, lines), named.Scale));
            if (card.AdapterPath is not null)
                adapters.Add(new ModelAdapter(AdapterCard.None, null, 1));
            return adapters;
        }
        catch
        {
            foreach (var adapter in adapters)
                adapter.Handle?.Dispose();
            throw;
        }
    }

    private static AdapterHandle LoadAdapter(ModelHandle model, string modelPath, string path, NativeLog lines)
    {
        lines.ForgetErrors();
        var adapter = LlamaApi.llama_adapter_lora_init(model, path);
        if (adapter != 0)
            return new AdapterHandle(adapter, model);
        throw new ModelException(path, $"the adapter does not fit the model {modelPath}: {lines.Errors}. An adapter works with the model that it was trained on.");
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte OnProgress(float done, nint listener) => ((LoadListener)GCHandle.FromIntPtr(listener).Target!).Report(done) ? (byte)1 : (byte)0;

    private sealed class LoadListener(IProgress<double>? progress, CancellationToken cancellationToken)
    {
        internal bool Report(float done)
        {
            progress?.Report(done);
            return !cancellationToken.IsCancellationRequested;
        }
    }
}
