namespace EdgeMas.Core.Events;

/// <param name="Fraction">0 to 1.</param>
public sealed record SkillProgressed(string Skill, double Fraction, string? Note);
