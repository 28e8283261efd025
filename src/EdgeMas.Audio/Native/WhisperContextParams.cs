using System.Runtime.InteropServices;

namespace EdgeMas.Audio.Native;

/// <summary><c>whisper_context_params</c> of whisper.cpp 1.9.1; C's <c>bool</c> is a byte.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct WhisperContextParams
{
    internal byte UseGpu;
    internal byte FlashAttention;
    internal int GpuDevice;
    internal byte DtwTokenTimestamps;
    internal int DtwAheadsPreset;
    internal int DtwTop;
    internal nuint DtwHeadsCount;
    internal nint DtwHeads;
    internal nuint DtwMemorySize;
}
