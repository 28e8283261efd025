using EdgeMas.Core.Models;

namespace EdgeMas.Inference.Engine;

/// <summary>One request on its way through the engine.</summary>
internal sealed class GenerationJob(GenerationRequest request, int[] prompt, Action<string>? onText, long asked, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource<GenerationResult> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal GenerationRequest Request { get; } = request;

    internal int[] Prompt { get; } = prompt;

    internal Action<string>? OnText { get; } = onText;

    /// <summary>When it was asked, in the time provider's ticks.</summary>
    internal long Asked { get; } = asked;

    internal CancellationToken Cancellation { get; } = cancellationToken;

    internal Task<GenerationResult> End => _end.Task;

    internal void Complete(GenerationResult result) => _end.TrySetResult(result);

    internal void Cancel() => _end.TrySetCanceled(Cancellation);

    internal void Fail(Exception exception) => _end.TrySetException(exception);
}
