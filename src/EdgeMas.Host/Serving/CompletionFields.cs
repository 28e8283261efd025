using System.Text.Json;
using EdgeMas.Core.Models;

namespace EdgeMas.Host.Serving;

/// <summary>A body for <c>/v1/completions</c>: the prompt is a string with its control tokens, or the ids of tokens. Source: OpenAI's API reference.</summary>
internal sealed record CompletionFields(GenerationRequest Request, SamplingFields Sampling)
{
    /// <summary>OpenAI's where none is asked for.</summary>
    private const int DefaultTokens = 16;

    /// <param name="constraints">Null where no grammar engine is plugged in.</param>
    public static CompletionFields Read(JsonElement body, LanguageModelInfo model, Caller caller, IConstraintCompiler? constraints)
    {
        var fields = new RequestFields(body);
        var sampling = SamplingFields.Read(fields, model);
        var engine = EngineFields.Read(fields, model, caller);
        fields.RefuseUnlessEmpty("echo", "suffix");
        if (fields.Whole("best_of", 1, 20) is > 1)
            throw ApiException.Invalid("'best_of' must be 1", "best_of", "unsupported_parameter");
        var prompt = fields.Any("prompt") ?? throw fields.Missing("prompt");
        var language = GrammarFields.Read(fields);
        fields.Close();
        if (language is not null && constraints is null)
            throw ApiException.Invalid("a grammar needs a grammar engine, and none is plugged in; leave it out", code: "unsupported_parameter");
        var request = new GenerationRequest
        {
            Agent = caller.Agent,
            Priority = caller.Priority,
            Adapter = engine.Adapter,
            Overflow = engine.Overflow,
            KeepTokens = engine.KeepTokens,
            Sampling = sampling.Sampling,
            Stop = sampling.Stop,
            Constraint = language is null ? null : constraints!.Compile(language),
            MaxTokens = sampling.MaxTokens ?? DefaultTokens,
        };
        return new CompletionFields(
            prompt switch
            {
                { ValueKind: JsonValueKind.String } => request with { Prompt = prompt.GetString() },
                { ValueKind: JsonValueKind.Array } when prompt.GetArrayLength() == 1 && prompt[0].ValueKind == JsonValueKind.String => request with { Prompt = prompt[0].GetString() },
                _ => request with { PromptTokens = TokenIds.Read(prompt) ?? throw fields.Wrong("prompt", "one string, or the ids of tokens", prompt) },
            },
            sampling);
    }
}
