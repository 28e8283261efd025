using EdgeMas.Core.Skills;

namespace EdgeMas.Core.Events;

public sealed record SkillEnded(string Skill, SkillOutcome Outcome);
