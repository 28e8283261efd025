namespace EdgeMas.Host.Listening;

/// <summary>One utterance and what was understood of it.</summary>
/// <param name="At">Where it begins, from the beginning of the sound.</param>
/// <param name="Text">Empty when it was not understood.</param>
/// <param name="Seconds">That recognizing took.</param>
internal sealed record HeardSpeech(TimeSpan At, TimeSpan Length, string Text, double? Confidence, double Seconds);
