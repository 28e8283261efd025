using EdgeMas.Core.Speech;

namespace EdgeMas.Audio.Agents;

/// <summary>Speech on its way to the recognizer.</summary>
internal sealed record Utterance(AudioClip Clip, string Source)
{
    /// <summary>Set once it was recognized and published.</summary>
    internal TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
