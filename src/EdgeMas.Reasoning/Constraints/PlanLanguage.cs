using EdgeMas.Core.Outputs;
using EdgeMas.Core.Skills;
using EdgeMas.Reasoning.Orders;
using EdgeMas.Reasoning.Quantities;

namespace EdgeMas.Reasoning.Constraints;

/// <summary>
/// All plans that the robot could follow for one order: only skills that are offered now, with typed arguments in the schema's order, known places, and words
/// and numbers that the order says. Written anew for each order, since both the skills and the order's words are part of it.
/// </summary>
public static class PlanLanguage
{
    /// <summary>Steps that a plan may have where nothing else is said.</summary>
    public const int UsualSteps = 12;

    private static readonly OutputLanguage NoStep = OutputLanguage.Text("[]");

    private static readonly OutputLanguage Guard = OutputLanguage.OneOf(
        ["", ",\"with_previous\":true", ",\"when\":\"found\"", ",\"when\":\"not_found\"", ",\"when\":\"failed\""]);

    /// <param name="grounded">Allow only places that the order names, and only numbers that it says, where it says any that fit.</param>
    /// <param name="maxSteps">Steps that a plan may have; 1 or more.</param>
    /// <returns>Plans as compact JSON. With no usable skill <c>[]</c> alone.</returns>
    public static OutputLanguage Of(IReadOnlyList<SkillDescriptor> skills, IReadOnlyList<string> places, OrderText order, bool grounded = true, int maxSteps = UsualSteps)
    {
        if (grounded)
            places = new SaidPlaces(order, places).All;
        var arguments = new ArgumentLanguages(places, OrderSpans.Of(order.Words), grounded ? new NumberGrounding(order) : null);
        var calls = new List<OutputLanguage>();
        foreach (var skill in skills)
        {
            if (Call(skill, arguments) is { } call)
                calls.Add(call);
        }
        if (calls.Count == 0)
            return NoStep;
        var step = OutputLanguage.Sequence(OutputLanguage.Text("{\"name\":\""), OutputLanguage.OneOf(calls));
        var next = OutputLanguage.Sequence(OutputLanguage.Text(","), step, Guard, OutputLanguage.Text("}"));
        return OutputLanguage.OneOf(
            NoStep,
            OutputLanguage.Sequence(OutputLanguage.Text("["), step, OutputLanguage.Text("}"), OutputLanguage.Repeat(next, 0, maxSteps - 1), OutputLanguage.Text("]")));
    }

    /// <returns>From the name on to the arguments' end; null where a required argument has no value, so that the skill cannot be called now.</returns>
    private static OutputLanguage? Call(SkillDescriptor skill, ArgumentLanguages arguments)
    {
        OutputLanguage first = OutputLanguage.Nothing; // what may stand at the start of the rest of the arguments
        OutputLanguage later = OutputLanguage.Nothing; // and what may stand there behind others
        foreach (var parameter in skill.Parameters.Reverse())
        {
            if (arguments.Of(parameter) is not { } value)
            {
                if (parameter.Required)
                    return null;
                continue;
            }
            var pair = OutputLanguage.Sequence(OutputLanguage.Text($"\"{parameter.Name}\":"), value, later);
            var behind = OutputLanguage.Sequence(OutputLanguage.Text(","), pair);
            (first, later) = parameter.Required ? (pair, behind) : (OutputLanguage.OneOf(first, pair), OutputLanguage.OneOf(later, behind));
        }
        return OutputLanguage.Sequence(OutputLanguage.Text($"{skill.Name}\",\"arguments\":{{"), first, OutputLanguage.Text("}"));
    }
}
