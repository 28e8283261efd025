using System.Text;
using EdgeMas.Core.Skills;
using EdgeMas.Reasoning.Orders;
using EdgeMas.Reasoning.Quantities;

namespace EdgeMas.Reasoning.Constraints;

/// <summary>
/// The grammar of all plans that the robot could follow for one order: only skills that are offered now, with typed arguments in the schema's order, known
/// places, and words and numbers that the order says. Written anew for each order, since both the skills and the order's words are part of it.
/// </summary>
public static class PlanGrammar
{
    /// <summary>Steps that a plan may have where nothing else is said.</summary>
    public const int UsualSteps = 12;

    /// <param name="grounded">Allow only places that the order names, and only numbers that it says, where it says any that fit.</param>
    /// <param name="maxSteps">Steps that a plan may have; 1 or more.</param>
    /// <returns>GBNF whose root matches a plan as compact JSON. With no usable skill it matches <c>[]</c> alone.</returns>
    public static string Write(IReadOnlyList<SkillDescriptor> skills, IReadOnlyList<string> places, OrderText order, bool grounded = true, int maxSteps = UsualSteps)
    {
        var grammar = new StringBuilder();
        if (grounded)
            places = new SaidPlaces(order, places).All;
        var arguments = new ArgumentRules(places, grounded ? new NumberGrounding(order) : null);
        var calls = new List<string>();
        foreach (var skill in skills)
        {
            if (WriteCall(grammar, $"call{calls.Count}", skill, arguments))
                calls.Add($"call{calls.Count}");
        }
        if (calls.Count == 0)
            return "root ::= \"[]\"\n";

        grammar.Append("root ::= \"[]\" | \"[\" step \"}\" (\",\" step guard \"}\"){0,").Append(maxSteps - 1).Append("} \"]\"\n");
        grammar.Append("""
            guard ::= (",\"with_previous\":true" | ",\"when\":\"" ("found" | "not_found" | "failed") "\"")?

            """);
        grammar.Append("step ::= \"{\\\"name\\\":\\\"\" (").Append(Gbnf.Either(calls)).Append(")\n");
        WritePlaces(grammar, places);
        OrderSpansGbnf.Write(grammar, order.Words);
        grammar.Append(ArgumentRules.Scalar)
            .Append(" ::= ").Append(OrderSpansGbnf.Text).Append(" | \"true\" | \"false\" | \"-\"? (\"0\" | [1-9] [0-9]{0,5}) (\".\" [0-9]{1,3})?\n");
        return grammar.ToString();
    }

    private static bool WriteCall(StringBuilder grammar, string rule, SkillDescriptor skill, ArgumentRules arguments)
    {
        var values = new List<(string Pair, bool Required)>();
        foreach (var parameter in skill.Parameters)
        {
            if (arguments.Write(parameter) is { } value)
                values.Add(($"{Gbnf.Literal($"\"{parameter.Name}\":")} {value}", parameter.Required));
            else if (parameter.Required)
                return false; // no value is possible: the skill cannot be called now
        }
        grammar.Append(rule).Append(" ::= ").Append(Gbnf.Literal($"{skill.Name}\",\"arguments\":{{"));
        WritePairs(grammar, values, 0, first: true);
        grammar.Append(" \"}\"\n");
        return true;
    }

    /// <summary>The arguments from one on. Optional ones may be left out, and the comma goes with what was written before.</summary>
    private static void WritePairs(StringBuilder grammar, List<(string Pair, bool Required)> pairs, int at, bool first)
    {
        if (at == pairs.Count)
            return;
        var (pair, required) = pairs[at];
        if (!first)
        {
            grammar.Append(required ? $" \",\" {pair}" : $" (\",\" {pair})?");
            WritePairs(grammar, pairs, at + 1, first: false);
        }
        else if (required)
        {
            grammar.Append(' ').Append(pair);
            WritePairs(grammar, pairs, at + 1, first: false);
        }
        else
        {
            grammar.Append(" (").Append(pair);
            WritePairs(grammar, pairs, at + 1, first: false);
            grammar.Append(" |");
            WritePairs(grammar, pairs, at + 1, first: true);
            grammar.Append(" \"\")");
        }
    }

    private static void WritePlaces(StringBuilder grammar, IReadOnlyList<string> places)
    {
        if (places.Count == 0)
            return;
        grammar.Append(ArgumentRules.Place).Append(" ::= ").Append(Gbnf.Either(places.Select(Gbnf.JsonString))).Append('\n');
        grammar.Append(ArgumentRules.Places).Append(" ::= \"[\" place (\",\" place){0,7} \"]\"\n");
    }
}
