namespace EdgeMas.Core.Skills;

/// <summary>A skill together with what runs it.</summary>
/// <param name="Handler">
/// Runs one call, on a task of its own beside the agent's owner loop; honours the token within 100 ms. An exception fails the call and is
/// reported to the agent's supervisor.
/// </param>
public sealed record Skill(SkillDescriptor Descriptor, Func<SkillCall, CancellationToken, ValueTask<SkillOutcome>> Handler);
