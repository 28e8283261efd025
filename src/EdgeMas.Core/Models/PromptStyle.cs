namespace EdgeMas.Core.Models;

/// <summary>How a planner model wants its prompt.</summary>
public enum PromptStyle
{
    /// <summary>ChatML with one skill a line, <c>name(parameter, parameter)</c>: the in-box planner.</summary>
    PlannerChatMl,

    /// <summary>Gemma's turns with values and descriptions of the skills: the Gemma adapter.</summary>
    PlannerGemma,

    /// <summary>The model's own chat template and a system text that explains the task: any instruct model.</summary>
    Chat,
}
