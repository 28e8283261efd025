namespace EdgeMas.Core.Events;

/// <summary>An agent's state, retained on its state topic.</summary>
/// <param name="State">starting, running, restarting, stopped, failed.</param>
/// <param name="Skills">Names of the skills it offers.</param>
/// <param name="Reason">Of the last failure; null when there was none.</param>
public sealed record AgentReport(string Agent, string State, IReadOnlyList<string> Skills, int Restarts, string? Reason);
