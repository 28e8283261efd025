using EdgeMas.Core.Models;
using EdgeMas.Inference.Loading;
using EdgeMas.Inference.Native;

namespace EdgeMas.Inference;

/// <summary>llama.cpp on this machine, without a model. Any thread.</summary>
public static class LlamaRuntime
{
    /// <summary>Memory that this process can still take, bytes; <see cref="long.MaxValue"/> where the system does not tell.</summary>
    public static long AvailableMemory => FreeMemory.Ask();

    /// <summary>Why the backend that <c>scripts/build-llama.sh</c> built is not used, with the mend; null where it is, or there is none. After <see cref="Load"/>.</summary>
    public static string? BuiltBackendRefused => NativeLoader.BuiltRefused;

    /// <summary>Loads the libraries, which loading a model does by itself.</summary>
    /// <param name="directory">The libraries' folder; null to look where setup puts them.</param>
    /// <returns>The CPU backend that llama.cpp chose for this processor, such as <c>libggml-cpu-zen4.so</c>, with its path.</returns>
    /// <exception cref="ModelException">A library is missing or does not load; the message says how to mend it.</exception>
    public static string Load(string? directory = null)
    {
        NativeLoader.Load(directory, "llama.cpp");
        return NativeLoader.CpuBackend;
    }
}
