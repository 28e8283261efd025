using EdgeMas.Core.Skills;

namespace EdgeMas.Host.Session;

/// <summary>How a skill that was called by name ended.</summary>
internal sealed record CallEnd(DirectCall Call, SkillOutcome Outcome);
