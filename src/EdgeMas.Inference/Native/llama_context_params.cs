using System.Runtime.InteropServices;

namespace EdgeMas.Inference.Native;

/// <summary>How a context is made. Layout of llama.cpp v0.5.0, <c>llama.h</c>; get it from <see cref="LlamaApi.llama_context_default_params"/> and change what differs.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct llama_context_params
{
    internal uint n_ctx;
    internal uint n_batch;
    internal uint n_ubatch;
    internal uint n_seq_max;
    internal uint n_rs_seq;
    internal uint n_outputs_max;
    internal uint n_outputs_max_per_seq;
    internal int n_threads;
    internal int n_threads_batch;
    internal int ctx_type;
    internal int rope_scaling_type;
    internal int pooling_type;
    internal int attention_type;
    internal int flash_attn_type;
    internal float rope_freq_base;
    internal float rope_freq_scale;
    internal float yarn_ext_factor;
    internal float yarn_attn_factor;
    internal float yarn_beta_fast;
    internal float yarn_beta_slow;
    internal uint yarn_orig_ctx;
    internal float defrag_thold;
    internal nint cb_eval;
    internal nint cb_eval_user_data;
    internal int type_k;
    internal int type_v;
    internal delegate* unmanaged[Cdecl]<nint, byte> abort_callback;
    internal nint abort_callback_data;
    internal byte embeddings;
    internal byte offload_kqv;
    internal byte no_perf;
    internal byte op_offload;
    internal byte swa_full;
    internal byte kv_unified;
    internal nint samplers;
    internal nuint n_samplers;
    internal nint ctx_other;
}
