namespace EdgeMas.Core.Events;

/// <param name="Online">False as the last will.</param>
public sealed record Presence(string Robot, bool Online, string? Version);
