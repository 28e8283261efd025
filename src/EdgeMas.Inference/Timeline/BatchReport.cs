namespace EdgeMas.Inference.Timeline;

/// <summary>One batch that the engine computed, or gave up.</summary>
/// <param name="Number">Counts batches from 1.</param>
/// <param name="Began">In ticks of <see cref="LlamaOptions.Time"/>.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Aborted">An urgent request came, or the only one in it was cancelled: nothing of it remains.</param>
/// <param name="Cells">Tokens in the memory after it.</param>
/// <param name="Running">Requests under way, those that wait for another's tokens included.</param>
public readonly record struct BatchReport(long Number, long Began, double Seconds, int Tokens, bool Aborted, int Cells, int Running);
