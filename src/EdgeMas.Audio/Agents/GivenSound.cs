using EdgeMas.Core.Speech;

namespace EdgeMas.Audio.Agents;

/// <summary>One source to be heard to its end. Its reader disposes of it.</summary>
internal sealed record GivenSound(IAudioSource Source, CancellationToken Cancellation)
{
    /// <summary>How many utterances it held.</summary>
    internal TaskCompletionSource<int> Heard { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
