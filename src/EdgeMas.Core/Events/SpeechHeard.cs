namespace EdgeMas.Core.Events;

/// <summary>One utterance was recognized, or heard and not understood (empty text).</summary>
/// <param name="Recognizer">Which one: pocketsphinx, whisper.</param>
/// <param name="AudioSeconds">Length of the utterance.</param>
/// <param name="Seconds">Time that recognition took.</param>
public sealed record SpeechHeard(string Text, double? Confidence, string Recognizer, double AudioSeconds, double Seconds, string Source);
