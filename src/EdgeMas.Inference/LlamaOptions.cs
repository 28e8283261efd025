namespace EdgeMas.Inference;

/// <summary>How llama.cpp is found and how much of the machine it may use.</summary>
public sealed record LlamaOptions
{
    /// <summary>
    /// The folder with llama.cpp v0.5.0's libraries; null for the npm package that setup fetched (<c>native/node_modules/@node-llama-cpp/…</c>). Name the
    /// folder of <c>@node-llama-cpp/linux-x64-cuda</c> 3.22.1 to compute on an NVIDIA GPU; that is untried here. One folder a process.
    /// </summary>
    public string? NativeDirectory { get; init; }

    /// <summary>Threads that compute; 0 to choose by the model: one a physical core that this process may use, and a single one for models below 32 MB.</summary>
    public int Threads { get; init; }

    /// <summary>Layers that a GPU holds, 0 for none, −1 for all. Needs libraries with a GPU backend; without one it has no effect. Untried here.</summary>
    public int GpuLayers { get; init; }

    /// <summary>Requests that may wait, for each priority; one more is refused.</summary>
    public int MaxQueue { get; init; } = 16;

    /// <summary>Agents whose last prompt and output stay in memory, so that their next prompt need not be computed from its start. 1 to 64.</summary>
    public int KeptSequences { get; init; } = 8;

    /// <summary>Tokens that these may take together, beside the context of the request being served; null for as many as the model card's context.</summary>
    public int? KeptTokens { get; init; }

    /// <summary>Prompt tokens that are computed at once. More is faster and takes memory.</summary>
    public int BatchTokens { get; init; } = 256;

    /// <summary>Bytes of memory that the model may take; null to ask the system what is free.</summary>
    public long? AvailableMemory { get; init; }

    /// <summary>Measures the durations in results. Leave it at the system's: computing takes real time even where the robot's clock is virtual.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
