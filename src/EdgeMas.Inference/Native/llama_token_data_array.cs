using System.Runtime.InteropServices;

namespace EdgeMas.Inference.Native;

/// <summary>Candidates for the next token. Layout of llama.cpp v0.5.0, <c>llama.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct llama_token_data_array
{
    internal llama_token_data* data;
    internal nuint size;
    internal long selected;
    internal byte sorted;
}
