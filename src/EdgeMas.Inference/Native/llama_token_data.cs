using System.Runtime.InteropServices;

namespace EdgeMas.Inference.Native;

/// <summary>A candidate for the next token. Layout of llama.cpp v0.5.0, <c>llama.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct llama_token_data
{
    internal int id;
    internal float logit;
    internal float p;
}
