namespace EdgeMas.Core.Events;

/// <summary>The critic's verdict on a plan.</summary>
/// <param name="Reason">Why it was rejected, for people and for the next attempt; null when accepted.</param>
/// <param name="Final">No other plan would be accepted either: the order itself is refused.</param>
/// <param name="By">Which rule or model decided.</param>
public sealed record Critique(string Mission, bool Accepted, string? Reason, bool Final, string By);
