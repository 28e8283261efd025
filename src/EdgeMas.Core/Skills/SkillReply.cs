namespace EdgeMas.Core.Skills;

/// <param name="Agent">Who ran it; empty when nobody offers the skill.</param>
public sealed record SkillReply(string Agent, SkillOutcome Outcome);
