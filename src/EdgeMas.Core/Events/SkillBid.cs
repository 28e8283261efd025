namespace EdgeMas.Core.Events;

/// <param name="Cost">Seconds until the call would be done: calls before it and its own typical duration.</param>
public sealed record SkillBid(string Skill, double Cost);
