namespace EdgeMas.Audio.Recognition;

/// <summary>A recognizer or synthesizer cannot work.</summary>
/// <param name="engine">pocketsphinx, whisper, espeak.</param>
/// <param name="reason">What is wrong and how to mend it.</param>
public sealed class SpeechEngineException(string engine, string reason, Exception? inner = null) : Exception($"{engine}: {reason}", inner)
{
    public string Engine { get; } = engine;
}
