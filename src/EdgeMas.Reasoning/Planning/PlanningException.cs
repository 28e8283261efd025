namespace EdgeMas.Reasoning.Planning;

/// <summary>No plan could be made of an order.</summary>
/// <param name="reason">A sentence for people.</param>
public sealed class PlanningException(string reason, Exception? inner = null) : Exception(reason, inner);
