using System.Runtime.InteropServices;

namespace EdgeMas.Inference.Native;

/// <summary>How a model is loaded. Layout of llama.cpp v0.5.0, <c>llama.h</c>; get it from <see cref="LlamaApi.llama_model_default_params"/> and change what differs.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct llama_model_params
{
    internal nint devices;
    internal nint tensor_buft_overrides;
    internal int n_gpu_layers;
    internal int split_mode;
    internal int load_mode;
    internal int lazy_mode;
    internal int main_gpu;
    internal nint tensor_split;
    internal delegate* unmanaged[Cdecl]<float, nint, byte> progress_callback;
    internal nint progress_callback_user_data;
    internal nint kv_overrides;
    internal byte vocab_only;
    internal byte check_tensors;
    internal byte use_extra_bufts;
    internal byte no_host;
    internal byte no_alloc;
    internal byte load_mtp;
}
