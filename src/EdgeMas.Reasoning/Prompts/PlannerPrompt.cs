using System.Text;
using EdgeMas.Core.Models;
using EdgeMas.Core.Skills;
using EdgeMas.Reasoning.Orders;

namespace EdgeMas.Reasoning.Prompts;

/// <summary>
/// The prompts of the trained planners, byte for byte as they were trained; one space or word more and they err. Nothing from outside can add a control
/// token: orders come as <see cref="OrderText"/>, descriptions and places are cleaned in the same way.
/// </summary>
internal static class PlannerPrompt
{
    /// <exception cref="ArgumentOutOfRangeException">The style has no prompt text: it speaks in turns.</exception>
    internal static string Write(PromptStyle style, IReadOnlyList<SkillDescriptor> skills, IReadOnlyList<string> places, OrderText order) => style switch
    {
        PromptStyle.PlannerChatMl =>
            $"<|im_start|>system\n{System(skills, places, Plain)}<|im_end|>\n<|im_start|>user\n{order.Text}<|im_end|>\n<|im_start|>assistant\n",
        PromptStyle.PlannerGemma =>
            $"<bos><start_of_turn>system\n{System(skills, places, Described)}<end_of_turn>\n<start_of_turn>user\n{order.Text}<end_of_turn>\n<start_of_turn>model\n",
        _ => throw new ArgumentOutOfRangeException(nameof(style), style, "chat models are asked in turns"),
    };

    /// <summary>What ends the model's turn.</summary>
    internal static IReadOnlyList<string> Stop(PromptStyle style) => style switch
    {
        PromptStyle.PlannerChatMl => ["<|im_end|>"],
        PromptStyle.PlannerGemma => ["<end_of_turn>"],
        _ => [],
    };

    internal static string System(IReadOnlyList<SkillDescriptor> skills, IReadOnlyList<string> places, Action<StringBuilder, SkillDescriptor> writeSkill)
    {
        var text = new StringBuilder("Tools:\n");
        foreach (var skill in skills)
        {
            writeSkill(text, skill);
            text.Append('\n');
        }
        return text.Append("Places: ").AppendJoin(", ", places.Select(OrderText.Clean)).ToString();
    }

    /// <summary><c>drive(distance_m)</c></summary>
    internal static void Plain(StringBuilder text, SkillDescriptor skill) =>
        text.Append(skill.Name).Append('(').AppendJoin(", ", skill.Parameters.Select(parameter => parameter.Name)).Append(')');

    /// <summary><c>set_light(state: on|off): Switch the headlights.</c></summary>
    internal static void Described(StringBuilder text, SkillDescriptor skill)
    {
        text.Append(skill.Name).Append('(').AppendJoin(", ", skill.Parameters.Select(Signature)).Append(')');
        if (OrderText.Clean(skill.Description) is { Length: > 0 } description)
            text.Append(": ").Append(description);
    }

    private static string Signature(SkillParameter parameter) =>
        parameter.Choices.Count == 0 ? parameter.Name : $"{parameter.Name}: {string.Join('|', parameter.Choices.Select(OrderText.Clean))}";
}
