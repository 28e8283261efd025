namespace EdgeMas.Reasoning.Criticism;

/// <summary>Why a plan is not accepted.</summary>
/// <param name="Reason">One sentence, for people and for the planner's next attempt.</param>
/// <param name="Final">The order itself is refused: another plan would only be a way around the reason.</param>
/// <param name="By">The rule or model.</param>
internal sealed record Verdict(string Reason, bool Final, string By);
