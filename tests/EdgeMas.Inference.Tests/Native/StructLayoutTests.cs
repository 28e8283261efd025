using System.Runtime.InteropServices;
using EdgeMas.Inference.Native;

namespace EdgeMas.Inference.Tests.Native;

/// <summary>
/// The structs against numbers that a C program printed with sizeof and offsetof, compiled on x86-64 with gcc 12 from llama.cpp v0.5.0's llama.h and ggml.h
/// (npm node-llama-cpp 3.22.1, llama/gitRelease.bundle, commit de3ff815). 64-bit ARM has the same layout rules for these types.
/// </summary>
public sealed class StructLayoutTests
{
    private static readonly Type[] Structs =
    [
        typeof(llama_model_params),
        typeof(llama_context_params),
        typeof(llama_batch),
        typeof(llama_token_data),
        typeof(llama_token_data_array),
        typeof(llama_chat_message),
        typeof(ggml_threadpool_params),
    ];

    [Theory]
    [InlineData("llama_model_params", 80)]
    [InlineData("llama_context_params", 160)]
    [InlineData("llama_batch", 56)]
    [InlineData("llama_token_data", 12)]
    [InlineData("llama_token_data_array", 32)]
    [InlineData("llama_chat_message", 16)]
    [InlineData("ggml_threadpool_params", 528)]
    public void A_struct_is_as_large_as_in_C(string name, int bytes) => Assert.Equal(bytes, Marshal.SizeOf(Find(name)));

    [Theory]
    [InlineData("llama_model_params", "devices", 0)]
    [InlineData("llama_model_params", "tensor_buft_overrides", 8)]
    [InlineData("llama_model_params", "n_gpu_layers", 16)]
    [InlineData("llama_model_params", "split_mode", 20)]
    [InlineData("llama_model_params", "load_mode", 24)]
    [InlineData("llama_model_params", "lazy_mode", 28)]
    [InlineData("llama_model_params", "main_gpu", 32)]
    [InlineData("llama_model_params", "tensor_split", 40)]
    [InlineData("llama_model_params", "progress_callback", 48)]
    [InlineData("llama_model_params", "progress_callback_user_data", 56)]
    [InlineData("llama_model_params", "kv_overrides", 64)]
    [InlineData("llama_model_params", "vocab_only", 72)]
    [InlineData("llama_model_params", "check_tensors", 73)]
    [InlineData("llama_model_params", "use_extra_bufts", 74)]
    [InlineData("llama_model_params", "no_host", 75)]
    [InlineData("llama_model_params", "no_alloc", 76)]
    [InlineData("llama_model_params", "load_mtp", 77)]
    [InlineData("llama_context_params", "n_ctx", 0)]
    [InlineData("llama_context_params", "n_batch", 4)]
    [InlineData("llama_context_params", "n_ubatch", 8)]
    [InlineData("llama_context_params", "n_seq_max", 12)]
    [InlineData("llama_context_params", "n_rs_seq", 16)]
    [InlineData("llama_context_params", "n_outputs_max", 20)]
    [InlineData("llama_context_params", "n_outputs_max_per_seq", 24)]
    [InlineData("llama_context_params", "n_threads", 28)]
    [InlineData("llama_context_params", "n_threads_batch", 32)]
    [InlineData("llama_context_params", "ctx_type", 36)]
    [InlineData("llama_context_params", "rope_scaling_type", 40)]
    [InlineData("llama_context_params", "pooling_type", 44)]
    [InlineData("llama_context_params", "attention_type", 48)]
    [InlineData("llama_context_params", "flash_attn_type", 52)]
    [InlineData("llama_context_params", "rope_freq_base", 56)]
    [InlineData("llama_context_params", "rope_freq_scale", 60)]
    [InlineData("llama_context_params", "yarn_ext_factor", 64)]
    [InlineData("llama_context_params", "yarn_attn_factor", 68)]
    [InlineData("llama_context_params", "yarn_beta_fast", 72)]
    [InlineData("llama_context_params", "yarn_beta_slow", 76)]
    [InlineData("llama_context_params", "yarn_orig_ctx", 80)]
    [InlineData("llama_context_params", "defrag_thold", 84)]
    [InlineData("llama_context_params", "cb_eval", 88)]
    [InlineData("llama_context_params", "cb_eval_user_data", 96)]
    [InlineData("llama_context_params", "type_k", 104)]
    [InlineData("llama_context_params", "type_v", 108)]
    [InlineData("llama_context_params", "abort_callback", 112)]
    [InlineData("llama_context_params", "abort_callback_data", 120)]
    [InlineData("llama_context_params", "embeddings", 128)]
    [InlineData("llama_context_params", "offload_kqv", 129)]
    [InlineData("llama_context_params", "no_perf", 130)]
    [InlineData("llama_context_params", "op_offload", 131)]
    [InlineData("llama_context_params", "swa_full", 132)]
    [InlineData("llama_context_params", "kv_unified", 133)]
    [InlineData("llama_context_params", "samplers", 136)]
    [InlineData("llama_context_params", "n_samplers", 144)]
    [InlineData("llama_context_params", "ctx_other", 152)]
    [InlineData("llama_batch", "n_tokens", 0)]
    [InlineData("llama_batch", "token", 8)]
    [InlineData("llama_batch", "embd", 16)]
    [InlineData("llama_batch", "pos", 24)]
    [InlineData("llama_batch", "n_seq_id", 32)]
    [InlineData("llama_batch", "seq_id", 40)]
    [InlineData("llama_batch", "logits", 48)]
    [InlineData("llama_token_data", "id", 0)]
    [InlineData("llama_token_data", "logit", 4)]
    [InlineData("llama_token_data", "p", 8)]
    [InlineData("llama_token_data_array", "data", 0)]
    [InlineData("llama_token_data_array", "size", 8)]
    [InlineData("llama_token_data_array", "selected", 16)]
    [InlineData("llama_token_data_array", "sorted", 24)]
    [InlineData("llama_chat_message", "role", 0)]
    [InlineData("llama_chat_message", "content", 8)]
    [InlineData("ggml_threadpool_params", "cpumask", 0)]
    [InlineData("ggml_threadpool_params", "n_threads", 512)]
    [InlineData("ggml_threadpool_params", "prio", 516)]
    [InlineData("ggml_threadpool_params", "poll", 520)]
    [InlineData("ggml_threadpool_params", "strict_cpu", 524)]
    [InlineData("ggml_threadpool_params", "paused", 525)]
    public void A_field_lies_where_C_puts_it(string name, string field, int offset) => Assert.Equal(offset, (int)Marshal.OffsetOf(Find(name), field));

    private static Type Find(string name) => Array.Find(Structs, type => type.Name == name) ?? throw new ArgumentException(name);
}
