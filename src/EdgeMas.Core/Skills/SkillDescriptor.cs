using System.Text.Json;
using EdgeMas.Core.Messages;

namespace EdgeMas.Core.Skills;

/// <summary>
/// What a skill is: the one source from which the planner's prompt and schema, the recognizer's grammar, the critic's rules and the help are made.
/// </summary>
/// <remarks>Immutable; any thread.</remarks>
public sealed class SkillDescriptor
{
    /// <param name="name">1 to 64 letters, digits, underscores, hyphens or dots, beginning with a letter or underscore.</param>
    /// <param name="parametersSchema">A JSON Schema of type object; <see cref="SkillSchema"/> writes one.</param>
    /// <exception cref="SkillSchemaException">The name or the schema cannot be used; the message says where.</exception>
    public SkillDescriptor(string name, string description, JsonElement parametersSchema)
    {
        Name = SkillSchema.CheckName(name);
        Description = description;
        ParametersSchema = parametersSchema;
        Parameters = SkillSchema.ReadParameters(name, parametersSchema);
    }

    public string Name { get; }

    public string Description { get; }

    public JsonElement ParametersSchema { get; }

    /// <summary>The arguments in the order of the schema's properties.</summary>
    public IReadOnlyList<SkillParameter> Parameters { get; }

    public SafetyClass Safety { get; init; } = SafetyClass.Signal;

    /// <summary>Untrusted sources whose orders may reach this skill. Consulted for <see cref="SafetyClass.Motion"/> only.</summary>
    public Taint OpenTo { get; init; }

    /// <summary>How long a call usually takes; a bid in a contract net, and a hint for time limits.</summary>
    public TimeSpan TypicalDuration { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After this a call is cancelled and failed.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A call of this skill first cancels the agent's running <see cref="SafetyClass.Motion"/> calls, and is never answered "busy": for <c>stop</c> and its like.</summary>
    public bool Preempts { get; init; }

    /// <summary>What a call's outcome says about the world: a search sets found or not found, on which later steps may depend.</summary>
    public bool IsSearch { get; init; }

    /// <summary>Phrases that people use for this skill, for the recognizer's grammar, with <c>{parameter}</c> for its arguments: <c>go forward {distance_m}</c>.</summary>
    public IReadOnlyList<string> Phrases { get; init; } = [];
}
