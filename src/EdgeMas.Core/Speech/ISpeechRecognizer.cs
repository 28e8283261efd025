using EdgeMas.Core.Skills;

namespace EdgeMas.Core.Speech;

/// <summary>Turns one utterance into words. Calls do not overlap.</summary>
public interface ISpeechRecognizer : IDisposable
{
    string Name { get; }

    /// <summary>Tells what can be ordered now, so that a recognizer with a grammar hears nothing else; others may ignore it or use it as a hint.</summary>
    void SetVocabulary(IReadOnlyList<SkillDescriptor> skills, IReadOnlyList<string> places);

    /// <param name="samples">One utterance, mono, 16 kHz, at most 30 s.</param>
    ValueTask<Transcript> RecognizeAsync(ReadOnlyMemory<short> samples, CancellationToken cancellationToken);
}
