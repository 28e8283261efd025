namespace EdgeMas.Core.Skills;

/// <summary>A cancelled call did not end within its grace; its agent is to be restarted.</summary>
public sealed class SkillStuckException(string skill, TimeSpan grace)
    : TimeoutException($"skill '{skill}' went on for {grace.TotalSeconds:0.#} s after it was cancelled; its handler must honour the token")
{
    public string Skill { get; } = skill;
}
