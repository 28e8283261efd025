using EdgeMas.Core.Messages;

namespace EdgeMas.Reasoning.Coordination;

/// <summary>An order that waits for its mission.</summary>
/// <param name="Message">What brought it; a request is answered when the mission ends.</param>
internal sealed record PendingOrder(string Text, string Source, Taint Taint, Message Message);
