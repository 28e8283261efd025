using System.Runtime.InteropServices;

namespace EdgeMas.Inference.Native;

/// <summary>
/// The calls of libllama that are used here, under their own names. Source: llama.cpp v0.5.0, <c>include/llama.h</c>. Nothing may be called before
/// <see cref="NativeLoader.Load"/>. Most calls throw C++ exceptions or abort the process when their rules are broken: only the proxies call them.
/// </summary>
internal static unsafe partial class LlamaApi
{
    internal const string Library = "llama";

    [LibraryImport(Library)]
    internal static partial void llama_backend_init();

    [LibraryImport(Library)]
    internal static partial void llama_log_set(delegate* unmanaged[Cdecl]<int, byte*, nint, void> callback, nint userData);

    [LibraryImport(Library)]
    internal static partial llama_model_params llama_model_default_params();

    [LibraryImport(Library)]
    internal static partial llama_context_params llama_context_default_params();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint llama_model_load_from_file(string path, llama_model_params parameters);

    [LibraryImport(Library)]
    internal static partial void llama_model_free(nint model);

    [LibraryImport(Library)]
    internal static partial nint llama_init_from_model(ModelHandle model, llama_context_params parameters);

    [LibraryImport(Library)]
    internal static partial void llama_free(nint context);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint llama_adapter_lora_init(ModelHandle model, string path);

    [LibraryImport(Library)]
    internal static partial void llama_adapter_lora_free(nint adapter);

    [LibraryImport(Library)]
    internal static partial int llama_set_adapters_lora(ContextHandle context, nint* adapters, nuint count, float* scales);

    [LibraryImport(Library)]
    internal static partial void llama_attach_threadpool(ContextHandle context, nint threadpool, nint threadpoolBatch);

    [LibraryImport(Library)]
    internal static partial void llama_detach_threadpool(ContextHandle context);

    [LibraryImport(Library)]
    internal static partial uint llama_n_ctx(ContextHandle context);

    [LibraryImport(Library)]
    internal static partial nint llama_get_memory(ContextHandle context);

    [LibraryImport(Library)]
    internal static partial int llama_model_n_ctx_train(ModelHandle model);

    [LibraryImport(Library)]
    internal static partial int llama_model_n_swa(ModelHandle model);

    [LibraryImport(Library)]
    internal static partial int llama_model_n_embd_out(ModelHandle model);

    [LibraryImport(Library)]
    internal static partial int llama_model_desc(ModelHandle model, byte* buffer, nuint size);

    [LibraryImport(Library)]
    internal static partial ulong llama_model_size(ModelHandle model);

    [LibraryImport(Library)]
    internal static partial ulong llama_model_n_params(ModelHandle model);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool llama_model_has_encoder(ModelHandle model);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool llama_model_has_decoder(ModelHandle model);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool llama_model_is_recurrent(ModelHandle model);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool llama_model_is_hybrid(ModelHandle model);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool llama_model_is_diffusion(ModelHandle model);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial byte* llama_model_chat_template(ModelHandle model, string? name);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int llama_chat_apply_template(string template, llama_chat_message* turns, nuint count, byte addAssistant, byte* buffer, int length);

    [LibraryImport(Library)]
    internal static partial nint llama_model_get_vocab(ModelHandle model);

    [LibraryImport(Library)]
    internal static partial int llama_vocab_n_tokens(nint vocab);

    [LibraryImport(Library)]
    internal static partial byte* llama_vocab_get_text(nint vocab, int token);

    [LibraryImport(Library)]
    internal static partial int llama_vocab_get_attr(nint vocab, int token);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool llama_vocab_is_eog(nint vocab, int token);

    [LibraryImport(Library)]
    internal static partial int llama_vocab_bos(nint vocab);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool llama_vocab_get_add_bos(nint vocab);

    [LibraryImport(Library)]
    internal static partial int* llama_vocab_get_suppress_tokens(nint vocab, out int count);

    [LibraryImport(Library)]
    internal static partial int llama_tokenize(nint vocab, byte* text, int length, int* tokens, int capacity, byte addSpecial, byte parseSpecial);

    [LibraryImport(Library)]
    internal static partial int llama_token_to_piece(nint vocab, int token, byte* buffer, int length, int leftStrip, byte special);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool llama_memory_seq_rm(nint memory, int sequence, int from, int to);

    [LibraryImport(Library)]
    internal static partial void llama_memory_seq_cp(nint memory, int source, int target, int from, int to);

    [LibraryImport(Library)]
    internal static partial int llama_memory_seq_pos_min(nint memory, int sequence);

    [LibraryImport(Library)]
    internal static partial int llama_memory_seq_pos_max(nint memory, int sequence);

    [LibraryImport(Library)]
    internal static partial nuint llama_state_seq_get_size_ext(ContextHandle context, int sequence, uint flags);

    [LibraryImport(Library)]
    internal static partial nuint llama_state_seq_get_data_ext(ContextHandle context, byte* target, nuint size, int sequence, uint flags);

    [LibraryImport(Library)]
    internal static partial nuint llama_state_seq_set_data_ext(ContextHandle context, byte* source, nuint size, int sequence, uint flags);

    [LibraryImport(Library)]
    internal static partial int llama_decode(ContextHandle context, llama_batch batch);

    [LibraryImport(Library)]
    internal static partial float* llama_get_logits_ith(ContextHandle context, int index);

    [LibraryImport(Library)]
    internal static partial float* llama_get_embeddings_ith(ContextHandle context, int index);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint llama_sampler_init_grammar(nint vocab, string grammar, string root);

    [LibraryImport(Library)]
    internal static partial void llama_sampler_apply(SamplerHandle sampler, llama_token_data_array* candidates);

    [LibraryImport(Library)]
    internal static partial void llama_sampler_accept(SamplerHandle sampler, int token);

    [LibraryImport(Library)]
    internal static partial void llama_sampler_free(nint sampler);
}
