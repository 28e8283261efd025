namespace EdgeMas.Audio.Agents;

/// <summary>A text that waits to be spoken.</summary>
internal sealed record SayCall(string Text, CancellationToken Cancellation)
{
    /// <summary>Null once it was spoken, or why it was not.</summary>
    internal TaskCompletionSource<string?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
