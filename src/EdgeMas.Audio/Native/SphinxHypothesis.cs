namespace EdgeMas.Audio.Native;

/// <param name="Text">Empty when no path through the search fits.</param>
internal sealed record SphinxHypothesis(string Text, IReadOnlyList<SphinxSegment> Segments);
