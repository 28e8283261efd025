namespace EdgeMas.Audio.Native;

/// <param name="Text">As the model writes it, with capitals and punctuation.</param>
/// <param name="NoSpeech">The model's probability that nobody spoke, 0 to 1.</param>
/// <param name="MeanLogProbability">Of its text tokens, nats.</param>
internal sealed record WhisperHypothesis(string Text, double NoSpeech, double MeanLogProbability);
