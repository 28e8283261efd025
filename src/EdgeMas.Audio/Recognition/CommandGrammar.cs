namespace EdgeMas.Audio.Recognition;

/// <summary>What can be ordered now, for a recognizer that hears nothing else.</summary>
/// <param name="Jsgf">A JSGF grammar, or null when there is nothing to hear.</param>
/// <param name="LeftOut">What cannot be heard and why, one sentence each.</param>
internal sealed record CommandGrammar(string? Jsgf, IReadOnlyList<string> LeftOut);
