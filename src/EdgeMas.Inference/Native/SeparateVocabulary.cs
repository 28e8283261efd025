using EdgeMas.Inference.Files;

namespace EdgeMas.Inference.Native;

/// <summary>
/// Weights without their vocabulary: llama.cpp is told that the file has none, and how many tokens its tables count. Only what tokenizes and writes text needs the
/// vocabulary; it is read beside the weights.
/// </summary>
/// <param name="Tokens">Of the vocabulary.</param>
internal sealed record SeparateVocabulary(string Architecture, int Tokens)
{
    internal const int Overrides = 2;

    private const string KindKey = "tokenizer.ggml.model";

    /// <returns>Null where llama.cpp asks the vocabulary about the weights: BERT's kinds of tokens, T5's, and Mistral's template by the name of its pre-tokenizer.</returns>
    internal static SeparateVocabulary? Of(GgufFile file) =>
        file.Scalars.GetValueOrDefault(KindKey) is "gpt2" or "llama" && file.Scalars.GetValueOrDefault("tokenizer.ggml.pre") is not "tekken"
            && !file.Scalars.ContainsKey("tokenizer.ggml.token_type_count") && file.Lengths.TryGetValue(GgufFile.TokensKey, out var tokens)
            ? new SeparateVocabulary(file.Architecture, tokens)
            : null;

    /// <param name="to">Room for <see cref="Overrides"/> and an empty one, which ends them.</param>
    internal unsafe void Write(llama_model_kv_override* to)
    {
        to[0] = llama_model_kv_override.Of(KindKey, "no_vocab");
        to[1] = llama_model_kv_override.Of($"{Architecture}.vocab_size", Tokens);
        to[Overrides] = default;
    }
}
