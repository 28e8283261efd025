namespace EdgeMas.Core.Skills;

/// <summary>A skill's description cannot be used.</summary>
/// <param name="pointer">JSON pointer of the offending place, from the skill's own root.</param>
public sealed class SkillSchemaException(string skill, string pointer, string reason)
    : FormatException($"skill '{skill}', {pointer}: {reason}")
{
    public string Skill { get; } = skill;

    public string Pointer { get; } = pointer;
}
