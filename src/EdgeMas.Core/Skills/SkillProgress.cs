namespace EdgeMas.Core.Skills;

/// <param name="Fraction">0 to 1.</param>
/// <param name="Note">A short human sentence, or null.</param>
public readonly record struct SkillProgress(double Fraction, string? Note);
