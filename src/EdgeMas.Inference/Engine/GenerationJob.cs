using EdgeMas.Core.Models;

namespace EdgeMas.Inference.Engine;

/// <summary>One request on its way through the engine.</summary>
/// <param name="asked">When it was asked, in the time provider's ticks.</param>
/// <param name="due">When its answer is wanted; <see cref="long.MaxValue"/> where there is no hurry.</param>
internal sealed class GenerationJob(GenerationRequest request, int[] prompt, Action<string>? onText, long asked, long due, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource<GenerationResult> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Where its agent's requests are counted; null where nobody counts.</summary>
    internal AgentBook.Entry? Entry { get; init; }

    /// <summary>Number of the adapter that it asked for.</summary>
    internal int Adapter { get; init; }

    internal GenerationRequest Request { get; } = request;

    internal int[] Prompt { get; } = prompt;

    internal Action<string>? OnText { get; } = onText;

    internal long Asked { get; } = asked;

    internal long Due { get; } = due;

    /// <summary>Its agent's turn among equals, lowest first; set by the queue.</summary>
    internal long Turn { get; set; }

    internal CancellationToken Cancellation { get; } = cancellationToken;

    internal Task<GenerationResult> End => _end.Task;

    internal void Complete(GenerationResult result) => _end.TrySetResult(result);

    internal void Cancel() => _end.TrySetCanceled(Cancellation);

    internal void Fail(Exception exception) => _end.TrySetException(exception);

    /// <summary>The more urgent first, among them the one that is due first, among those the agent that had less.</summary>
    internal static bool Precedes(GenerationJob a, GenerationJob b) => a.Due != b.Due ? a.Due < b.Due : a.Turn < b.Turn;
}
