using System.Runtime.InteropServices;

namespace EdgeMas.Inference.Native;

/// <summary>Tokens to compute, with position and sequences of each. Layout of llama.cpp v0.5.0, <c>llama.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct llama_batch
{
    internal int n_tokens;
    internal int* token;
    internal float* embd;
    internal int* pos;
    internal int* n_seq_id;
    internal int** seq_id;
    internal sbyte* logits;
}
