using System.Text.Json;

namespace EdgeMas.Core.Events;

/// <summary>Asks an agent to run a skill (<see cref="Messages.Performative.Request"/>), or to bid for it (<see cref="Messages.Performative.Cfp"/>).</summary>
public sealed record SkillRequest(string Skill, JsonElement Arguments, string? Mission);
