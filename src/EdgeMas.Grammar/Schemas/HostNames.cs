using System.Text.Json;
using EdgeMas.Grammar.Automata;

namespace EdgeMas.Grammar.Schemas;

/// <summary>
/// Host names as RFC 1123 has them: labels of 1 to 63 letters, digits and inner hyphens, 253 characters together. A label with hyphens in its third and fourth
/// place belongs to another alphabet, whose rules no automaton checks: it is never written, and verdicts on values that have one are refused.
/// </summary>
internal static class HostNames
{
    private const int LongestName = 253;
    private const int LongestLabel = 63;

    /// <summary>Some string or name in the value has a label of another alphabet.</summary>
    internal static bool HasOtherAlphabet(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => IsOfOtherAlphabet(value.GetString()!),
        JsonValueKind.Array => value.EnumerateArray().Any(HasOtherAlphabet),
        JsonValueKind.Object => value.EnumerateObject().Any(static property => IsOfOtherAlphabet(property.Name) || HasOtherAlphabet(property.Value)),
        _ => false,
    };

    private static bool IsOfOtherAlphabet(string text) =>
        text.StartsWith("xn--", StringComparison.OrdinalIgnoreCase) || text.Contains(".xn--", StringComparison.OrdinalIgnoreCase);

    internal static Dfa Build() => DfaBuilder.Explore(
        (Name: 0, Label: 0, Hyphen: false),
        ByteClasses.By(static value => char.IsAsciiLetterOrDigit((char)value) ? 1 : value is (byte)'-' or (byte)'.' ? value : 0),
        static ((int Name, int Label, bool Hyphen) at, byte next, out (int Name, int Label, bool Hyphen) target) =>
        {
            target = next == '.' ? (at.Name + 1, 0, false) : (at.Name + 1, at.Label + 1, next == '-');
            return next switch
            {
                (byte)'.' => at is { Label: > 0, Hyphen: false, Name: < LongestName },
                (byte)'-' => at is { Label: > 0 and < LongestLabel, Name: < LongestName } && !(at.Hyphen && at.Label == 3),
                _ => char.IsAsciiLetterOrDigit((char)next) && at is { Label: < LongestLabel, Name: < LongestName },
            };
        },
        static at => at is { Label: > 0, Hyphen: false } ? 0 : Automaton.NoLabel);
}
