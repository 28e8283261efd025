namespace EdgeMas.Audio.VoiceActivity;

/// <summary>The voice activity model cannot be used.</summary>
/// <param name="reason">What is wrong and how to mend it.</param>
public sealed class VoiceModelException(string model, string reason, Exception? inner = null) : Exception($"voice activity model '{model}': {reason}", inner)
{
    public string Model { get; } = model;
}
