namespace EdgeMas.Core.Speech;

/// <param name="Text">Lower case, without punctuation; empty when nothing was recognized.</param>
/// <param name="Confidence">0 to 1, or null where the recognizer gives none.</param>
public sealed record Transcript(string Text, double? Confidence);
