using EdgeMas.Core.Messages;

namespace EdgeMas.Inference.Timeline;

/// <summary>What one agent had in a batch.</summary>
/// <param name="Sequence">Its sequence of the model's memory.</param>
/// <param name="Urgency">Its request's priority, or a more urgent one that waited for these tokens.</param>
/// <param name="From">Position of the first token.</param>
/// <param name="Tokens">How many; more than one in an output where a constraint forced them.</param>
/// <param name="IsOutput">They were chosen or forced; otherwise they are a part of the prompt.</param>
public readonly record struct BatchPart(string Agent, int Sequence, MessagePriority Urgency, int From, int Tokens, bool IsOutput);
