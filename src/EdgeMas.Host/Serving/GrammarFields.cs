using System.Text.Json;
using EdgeMas.Core.Outputs;

namespace EdgeMas.Host.Serving;

/// <summary>
/// What holds the output to a language that is no JSON Schema: llama-server's <c>grammar</c> (GBNF), and vLLM's <c>guided_grammar</c> (here GBNF too),
/// <c>guided_regex</c> and <c>guided_choice</c>. Sources: llama.cpp v0.5.0, <c>tools/server/README.md</c>; vLLM's documentation, "Structured outputs".
/// </summary>
internal static class GrammarFields
{
    private const int MaxChoices = 10_000;

    private static readonly string[] All = ["grammar", "guided_grammar", "guided_regex", "guided_choice"];

    /// <returns>Null where the request asks for none.</returns>
    public static OutputLanguage? Read(RequestFields fields)
    {
        var given = All.Where(name => fields.Any(name) is not null).ToArray();
        if (given.Length > 1)
            throw ApiException.Invalid($"'{given[0]}' and '{given[1]}' exclude each other; ask for one of them", given[1]);
        return given is not [var field] ? null : field switch
        {
            "guided_regex" => OutputLanguage.Regex(fields.RequiredText(field)),
            "guided_choice" => Choices(fields, field),
            _ => OutputLanguage.Gbnf(fields.RequiredText(field)),
        };
    }

    private static OutputLanguage Choices(RequestFields fields, string field)
    {
        var choices = fields.Items(field, MaxChoices);
        return choices.Count > 0 && choices.All(static choice => choice.ValueKind == JsonValueKind.String)
            ? OutputLanguage.OneOf(choices.Select(static choice => choice.GetString()!).Distinct(StringComparer.Ordinal))
            : throw fields.Wrong(field, "an array of at least one string", fields.Any(field)!.Value);
    }
}
