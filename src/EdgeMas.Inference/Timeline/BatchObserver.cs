namespace EdgeMas.Inference.Timeline;

/// <summary>Sees each batch right after it, on the engine's thread: must be quick and not throw. One that throws is logged and not called again.</summary>
/// <param name="parts">One for each agent; valid during the call.</param>
public delegate void BatchObserver(in BatchReport report, ReadOnlySpan<BatchPart> parts);
