using System.Text.Json.Serialization;

namespace EdgeMas.Core.Models;

/// <summary>Counters of a model since its start; those of a request are added when it ends, those of computing with each batch.</summary>
/// <param name="Requests">That ended well.</param>
/// <param name="PromptTokens">Of these requests, computed or reused.</param>
/// <param name="ReusedTokens">Prompt tokens that were in the memory already.</param>
/// <param name="BusySeconds">Time spent computing.</param>
/// <param name="GenerationSeconds">From the first to the last output token of each request, added up; requests overlap.</param>
[method: JsonConstructor] // a message that lacks a member is refused
public readonly record struct LanguageModelCounters(long Requests, long PromptTokens, long ReusedTokens, long GeneratedTokens, double BusySeconds, double GenerationSeconds)
{
    /// <summary>Batches computed to their end.</summary>
    public long Batches { get; init; }

    /// <summary>Tokens in them.</summary>
    public long ComputedTokens { get; init; }

    /// <summary>Batches in which several agents' tokens were computed together.</summary>
    public long SharedBatches { get; init; }

    /// <summary>Batches given up under way, for an urgent request or one that was cancelled; their tokens were computed again where still wanted.</summary>
    public long AbortedBatches { get; init; }

    /// <summary>Times that a running request had to give up its memory to a more urgent one; it went on later.</summary>
    public long Preemptions { get; init; }

    /// <summary>Tokens whose memory was given to others.</summary>
    public long EvictedTokens { get; init; }

    /// <summary>Tokens that were guessed and computed beside the chosen ones.</summary>
    public long GuessedTokens { get; init; }

    /// <summary>Those of them that were then chosen: each saved a batch of its own.</summary>
    public long RightGuesses { get; init; }

    /// <summary>Requests refused because too many waited.</summary>
    public long Refused { get; init; }

    /// <summary>Requests that wait now.</summary>
    public int Waiting { get; init; }

    /// <summary>Requests that are being computed now.</summary>
    public int Running { get; init; }

    /// <summary>Tokens that the memory holds now; a beginning that several agents share counts once.</summary>
    public int Cells { get; init; }
}
