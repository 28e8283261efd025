using System.Text.Json;
using EdgeMas.Core.Skills;

namespace EdgeMas.Reasoning.Criticism;

internal sealed record PlanArgument(SkillDescriptor Skill, SkillParameter Parameter, JsonElement Value)
{
    internal double? Number => Value.ValueKind == JsonValueKind.Number && Value.TryGetDouble(out var number) ? number : null;

    internal string? Text => Value.ValueKind == JsonValueKind.String ? Value.GetString() : null;
}
