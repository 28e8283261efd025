using EdgeMas.Core.Models;

namespace EdgeMas.Host.Serving;

/// <summary>What a request asks of the engine beyond OpenAI's interface. A field of the body goes before the header of the same meaning.</summary>
/// <param name="Adapter">From the model's name, <c>MODEL:ADAPTER</c>, the field <c>lora</c> or the header <c>X-EdgeMas-Lora</c>; null for the model's own.</param>
/// <param name="Overflow">From the field <c>overflow</c> or the header <c>X-EdgeMas-Overflow</c>: refuse or slide.</param>
/// <param name="KeepTokens">From the field <c>keep_tokens</c>: tokens at the prompt's beginning that stay where others have to go.</param>
internal sealed record EngineFields(string? Adapter, ContextOverflow Overflow, int KeepTokens)
{
    public const string AdapterHeader = "X-EdgeMas-Lora";
    public const string OverflowHeader = "X-EdgeMas-Overflow";

    private const int Shown = 100;

    /// <exception cref="ApiException">The model's name is another's, or there is no such adapter or policy.</exception>
    public static EngineFields Read(RequestFields fields, LanguageModelInfo model, Caller caller)
    {
        var named = AdapterIn(fields, model);
        var adapter = fields.Text("lora") ?? caller.Adapter;
        if (named is not null && adapter is not null && named != adapter)
            throw ApiException.Invalid($"the model's name asks for the adapter '{named}', and the request for '{Short(adapter)}'; ask for one of them", "model", "invalid_value");
        adapter ??= named;
        if (adapter is not null && !IsThere(model, adapter))
            throw ApiException.Invalid($"there is no adapter '{Short(adapter)}'; {Choice(model)}", "lora", "adapter_not_found");
        var keep = (int?)fields.Whole("keep_tokens", 0, model.ContextTokens) ?? 0;
        return new EngineFields(adapter, (fields.Text("overflow") ?? caller.Overflow) switch
        {
            null or "refuse" => ContextOverflow.Refuse,
            "slide" => ContextOverflow.Slide,
            var other => throw ApiException.Invalid($"'overflow' is '{Short(other)}'; it must be refuse or slide", "overflow", "invalid_value"),
        }, keep);
    }

    /// <summary>For what has no adapters.</summary>
    /// <exception cref="ApiException">The model's name is another's.</exception>
    public static void RequireModel(RequestFields fields, LanguageModelInfo model)
    {
        if (AdapterIn(fields, model) is { } adapter)
            throw ApiException.Invalid($"the adapter '{adapter}' is for texts that the model writes; ask for '{model.Name}'", "model", "invalid_value");
    }

    /// <summary>The names that requests can give the model: its own, and one with each adapter.</summary>
    public static IEnumerable<string> NamesOf(LanguageModelInfo model) => model.Adapters.Select(adapter => $"{model.Name}:{adapter}").Prepend(model.Name);

    private static string? AdapterIn(RequestFields fields, LanguageModelInfo model)
    {
        if (fields.Text("model") is not { } asked || asked == model.Name)
            return null;
        if (asked.StartsWith($"{model.Name}:", StringComparison.Ordinal) && asked[(model.Name.Length + 1)..] is var adapter && IsThere(model, adapter))
            return adapter;
        throw new ApiException(
            StatusCodes.Status404NotFound, "invalid_request_error", $"there is no model '{Short(asked)}' here; this server has {string.Join(", ", NamesOf(model).Select(name => $"'{name}'"))}", "model", "model_not_found");
    }

    private static bool IsThere(LanguageModelInfo model, string adapter) => adapter == AdapterCard.None || model.Adapters.Contains(adapter, StringComparer.Ordinal);

    private static string Choice(LanguageModelInfo model) => model.Adapters.Count == 0 ? "this server was started without any: --lora NAME=FILE" : $"there are {string.Join(", ", model.Adapters)}, and none";

    private static string Short(string text) => text.Length > Shown ? text[..Shown] : text;
}
