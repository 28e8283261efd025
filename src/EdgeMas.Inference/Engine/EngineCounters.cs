using EdgeMas.Core.Models;
using EdgeMas.Inference.Speculation;

namespace EdgeMas.Inference.Engine;

/// <summary>What the engine counts. Written by its thread, read by any.</summary>
internal sealed class EngineCounters
{
    private long _requests, _prompt, _reused, _generated, _batches, _computed, _shared, _aborted, _preemptions, _evicted, _cells, _running, _guessed, _right;
    private double _busySeconds, _generationSeconds;

    internal void AddResult(GenerationResult result)
    {
        Volatile.Write(ref _requests, _requests + 1);
        Volatile.Write(ref _prompt, _prompt + result.PromptTokens);
        Volatile.Write(ref _reused, _reused + result.ReusedTokens);
        Volatile.Write(ref _generated, _generated + result.GeneratedTokens);
        Volatile.Write(ref _generationSeconds, _generationSeconds + result.GenerationSeconds);
    }

    internal void AddBatch(int tokens, int agents, double seconds)
    {
        Volatile.Write(ref _batches, _batches + 1);
        Volatile.Write(ref _computed, _computed + tokens);
        Volatile.Write(ref _shared, _shared + (agents > 1 ? 1 : 0));
        Volatile.Write(ref _busySeconds, _busySeconds + seconds);
    }

    internal void AddAbort(double seconds)
    {
        Volatile.Write(ref _aborted, _aborted + 1);
        Volatile.Write(ref _busySeconds, _busySeconds + seconds);
    }

    internal void SetState(int running, int cells, long evicted, long preemptions, Guesswork guesswork)
    {
        Volatile.Write(ref _running, running);
        Volatile.Write(ref _cells, cells);
        Volatile.Write(ref _evicted, evicted);
        Volatile.Write(ref _preemptions, preemptions);
        Volatile.Write(ref _guessed, guesswork.Guessed);
        Volatile.Write(ref _right, guesswork.Right);
    }

    internal LanguageModelCounters Read(RequestQueue queue) => new(
        Volatile.Read(ref _requests), Volatile.Read(ref _prompt), Volatile.Read(ref _reused), Volatile.Read(ref _generated), Volatile.Read(ref _busySeconds), Volatile.Read(ref _generationSeconds))
    {
        Batches = Volatile.Read(ref _batches),
        ComputedTokens = Volatile.Read(ref _computed),
        SharedBatches = Volatile.Read(ref _shared),
        AbortedBatches = Volatile.Read(ref _aborted),
        Preemptions = Volatile.Read(ref _preemptions),
        EvictedTokens = Volatile.Read(ref _evicted),
        GuessedTokens = Volatile.Read(ref _guessed),
        RightGuesses = Volatile.Read(ref _right),
        Cells = (int)Volatile.Read(ref _cells),
        Running = (int)Volatile.Read(ref _running),
        Refused = queue.Refused,
        Waiting = queue.Waiting,
    };
}
