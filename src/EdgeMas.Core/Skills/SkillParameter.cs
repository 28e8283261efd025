using System.Text.Json;

namespace EdgeMas.Core.Skills;

/// <summary>One argument of a skill, read from the skill's JSON Schema.</summary>
/// <param name="Unit">UCUM unit of a number (<c>x-unit</c>: m, s, deg, m/s, %), or null.</param>
/// <param name="Minimum">Least number allowed, in the unit; null when unbounded.</param>
/// <param name="Maximum">Greatest number allowed, in the unit; null when unbounded.</param>
/// <param name="Choices">Allowed words of a <see cref="ParameterKind.Choice"/>; empty otherwise.</param>
/// <param name="NamedValues">Words that stand for a number here (<c>x-named-values</c>), such as left = 90; empty when there are none.</param>
/// <param name="Schema">The argument's own schema.</param>
public sealed record SkillParameter(
    string Name,
    ParameterKind Kind,
    string? Description,
    bool Required,
    string? Unit,
    double? Minimum,
    double? Maximum,
    IReadOnlyList<string> Choices,
    IReadOnlyDictionary<string, double> NamedValues,
    JsonElement Schema);
