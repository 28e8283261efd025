using EdgeMas.Inference.Speculation;

namespace EdgeMas.Inference;

/// <summary>How llama.cpp is found and how much of the machine it may use.</summary>
public sealed record LlamaOptions
{
    /// <summary>
    /// The folder with llama.cpp v0.5.0's libraries; null for the npm package that setup fetched (<c>native/node_modules/@node-llama-cpp/…</c>), with the
    /// CPU backend that <c>scripts/build-llama.sh</c> built in place of its own, where there is one. Name the
    /// folder of <c>@node-llama-cpp/linux-x64-cuda</c> 3.22.1 to compute on an NVIDIA GPU; that is untried here. One folder a process.
    /// </summary>
    public string? NativeDirectory { get; init; }

    /// <summary>Threads that compute; 0 to choose: one less than the physical cores that this process may use, at least one, and a single one for models
    /// below 32 MB. Where nothing else computes, one a core is faster.</summary>
    public int Threads { get; init; }

    /// <summary>Layers that a GPU holds, 0 for none, −1 for all. Needs libraries with a GPU backend; without one it has no effect. Untried here.</summary>
    public int GpuLayers { get; init; }

    /// <summary>Requests that may wait, for each priority; one more is refused.</summary>
    public int MaxQueue { get; init; } = 16;

    /// <summary>Requests that are computed together, 1 to 64. The last two places are kept, where there are so many: one for safety requests, one for interactive ones.</summary>
    public int Running { get; init; } = 8;

    /// <summary>Ends of prompts and outputs that stay in memory after their requests, so that a later prompt need be computed only from where it differs; 1 to 191.
    /// What several begin with is there once. Where sequences are apart (<see cref="Independent"/>, recurrent models) each takes memory for a whole context.</summary>
    public int KeptSequences { get; init; } = 32;

    /// <summary>Tokens that the memory has beside the context of one request; null for as many as that. All that run and are kept share them: where they do not
    /// suffice, what is needed last is forgotten, and then the least urgent request gives up its memory and computes it again later.</summary>
    public int? KeptTokens { get; init; }

    /// <summary>
    /// Makes each output depend on its own request alone, to the last digit, whatever other agents do or did: for replay. Same model, threads and processor: same
    /// tokens and probabilities. It costs what agents gain from each other: batches hold one request's tokens, prompts are computed in pieces of 64, only whole
    /// pieces of a prompt and no outputs are reused, and they are copied instead of lent, into memory of its own for each sequence.
    /// </summary>
    public bool Independent { get; init; }

    /// <summary>
    /// Guesses how outputs go on, from what stood in prompts and outputs before, and computes the guesses in the same batch; right ones save batches. Only where
    /// that gives more tokens a second, by the share that was right for that agent and the batches' measured cost. Outputs stay as they are without, but for the
    /// last digits that any batch of another size moves. Not with <see cref="Independent"/>, nor where sequences cannot be cut.
    /// </summary>
    public bool Speculates { get; init; } = true;

    /// <summary>Guesses wherever it can, whatever it costs. For tests.</summary>
    internal bool SpeculatesAlways { get; init; }

    /// <summary>A safety request need not wait longer for a batch that it is not in: one that would take longer is given up and computed again afterwards.</summary>
    public TimeSpan SafetyWait { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>A batch has so few prompt tokens, by the cost measured so far, that it takes no longer, but at least 64, or 128 while no output is written; so any request waits no longer for the one under way. Models
    /// whose computing cannot be given up under way (recurrent ones) keep to <see cref="SafetyWait"/> instead.</summary>
    public TimeSpan InteractiveWait { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Tokens that are computed at once, at most. More is faster and takes memory.</summary>
    public int BatchTokens { get; init; } = 256;

    /// <summary>Where prompts and outputs in the memory are kept as a file for the next start, so that it need not compute them again; null for nowhere. Only where
    /// <see cref="Core.Models.PromptMemory.Shared"/>, and not with <see cref="Independent"/>.</summary>
    public string? StateFolder { get; init; }

    /// <summary>Bytes that the file may have, nearly: what was used longest ago is left out; null for all that the memory holds.</summary>
    public long? StateBytes { get; init; }

    /// <summary>The file is written when nothing has been computed for so long, and when the model is disposed.</summary>
    public TimeSpan StatePause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The least time from one file to the next; disposing does not wait for it.</summary>
    public TimeSpan StateEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Bytes of memory that the model may take; null to ask the system what is free.</summary>
    public long? AvailableMemory { get; init; }

    /// <summary>Measures the durations in results. Leave it at the system's: computing takes real time even where the robot's clock is virtual.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Prompt tokens in a piece when requests are independent.</summary>
    internal int Grain => Independent ? 64 : 1;

    /// <summary>Guessed tokens in a batch, at most.</summary>
    internal int GuessRows => Speculates && !Independent ? Guesswork.MostTogether : 0;

    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxQueue, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Threads);
        ArgumentOutOfRangeException.ThrowIfNegative(KeptTokens ?? 0);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(StateBytes ?? 1);
        Require(nameof(Running), Running, 1, 64);
        Require(nameof(KeptSequences), KeptSequences, 1, 191);
        Require(nameof(BatchTokens), BatchTokens, 1, 4096);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(SafetyWait, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(InteractiveWait, TimeSpan.Zero);
    }

    private static void Require(string name, int value, int least, int most)
    {
        if (value < least || value > most)
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {least} to {most}");
    }
}
