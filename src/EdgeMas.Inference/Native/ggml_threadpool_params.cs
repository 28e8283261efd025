using System.Runtime.InteropServices;

namespace EdgeMas.Inference.Native;

/// <summary>How a pool of compute threads is made. Layout of llama.cpp v0.5.0, <c>ggml.h</c> (GGML_MAX_N_THREADS 512).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ggml_threadpool_params
{
    internal fixed byte cpumask[512];
    internal int n_threads;
    internal int prio;
    internal uint poll;
    internal byte strict_cpu;
    internal byte paused;
}
