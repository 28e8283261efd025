using System.Runtime.InteropServices;

namespace EdgeMas.Inference.Native;

/// <summary>A turn of a chat, UTF-8 with a terminating zero. Layout of llama.cpp v0.5.0, <c>llama.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct llama_chat_message
{
    internal byte* role;
    internal byte* content;
}
