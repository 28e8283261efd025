using System.Security.Cryptography;
using System.Text.Json;
using EdgeMas.Core.Models;

namespace EdgeMas.Host.Serving;

/// <summary>What chat and completions have in common. Absent values are OpenAI's: temperature 1, all tokens, a random seed.</summary>
internal sealed record SamplingFields(Sampling Sampling, int? MaxTokens, IReadOnlyList<string> Stop, bool Stream, bool IncludeUsage)
{
    private const int MaxStops = 16;
    private const int MaxStopLength = 256;

    public static SamplingFields Read(RequestFields fields, LanguageModelInfo model)
    {
        if (fields.Whole("n", 1, 128) is > 1)
            throw ApiException.Invalid("'n' must be 1: ask several times instead", "n", "unsupported_parameter");
        fields.RefuseUnlessEmpty("frequency_penalty", "presence_penalty", "logit_bias", "logprobs", "top_logprobs");
        fields.Ignore("user", "metadata", "store", "service_tier", "safety_identifier", "prompt_cache_key", "prompt_cache_retention", "cache_prompt");
        var stream = fields.Flag("stream") ?? false;
        var options = fields.Object("stream_options");
        if (options is not null && !stream)
            throw ApiException.Invalid("'stream_options' is only for requests with 'stream': true", "stream_options", "invalid_value");
        var usage = options?.Flag("include_usage") ?? false;
        options?.Ignore("include_obfuscation");
        options?.Close();
        return new SamplingFields(
            new Sampling(
                fields.Number("temperature", 0, 2) ?? 1,
                (int?)fields.Whole("top_k", 0, int.MaxValue) ?? 0,
                Positive(fields, "top_p") ?? 1,
                fields.Whole("seed", long.MinValue, long.MaxValue) is { } seed ? unchecked((uint)seed ^ (uint)(seed >> 32)) : (uint)RandomNumberGenerator.GetInt32(int.MaxValue)),
            MaxTokensOf(fields, model),
            StopsOf(fields),
            stream,
            usage);
    }

    private static float? Positive(RequestFields fields, string field) =>
        fields.Number(field, 0, 1) is not 0 and var number ? number : throw ApiException.Invalid($"'{field}' must be above 0", field, "invalid_value");

    private static int? MaxTokensOf(RequestFields fields, LanguageModelInfo model)
    {
        int? most = null;
        foreach (var field in (ReadOnlySpan<string>)["max_tokens", "max_completion_tokens"])
        {
            if (fields.Whole(field, 1, long.MaxValue) is not { } asked)
                continue;
            if (asked > model.ContextTokens)
                throw ApiException.Invalid($"'{field}' is {asked}; the model's context has {model.ContextTokens} tokens, prompt and answer together", field, "max_tokens_too_large");
            most = (int)asked;
        }
        return most;
    }

    private static IReadOnlyList<string> StopsOf(RequestFields fields)
    {
        var stops = fields.Any("stop") switch
        {
            null => [],
            { ValueKind: JsonValueKind.String } one => [one.GetString()!],
            _ => fields.Items("stop", MaxStops).Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw fields.Wrong("stop", "a string or strings", item)).ToArray(),
        };
        return stops.All(stop => stop.Length is > 0 and <= MaxStopLength) ? stops : throw ApiException.Invalid($"'stop' has a text of no or more than {MaxStopLength} characters", "stop", "invalid_value");
    }
}
