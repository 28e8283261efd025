namespace EdgeMas.Inference.Synthesis;

/// <summary>The measures of a Qwen2 network: everything of a model but its weights. Vectors have <see cref="Width"/> numbers.</summary>
/// <param name="Heads">Of attention; they share the width evenly.</param>
/// <param name="KeyValueHeads">Heads whose keys and values are kept; each serves several of <paramref name="Heads"/>.</param>
/// <param name="Tokens">Of the vocabulary.</param>
public sealed record ModelShape(string Name, int Layers, int Width, int Heads, int KeyValueHeads, int FeedForward, int Tokens, int ContextTokens)
{
    internal const float RmsEpsilon = 1e-6f;
    internal const float RopeBase = 1e6f;

    /// <summary>Those that can be asked for by name. Source of the measures: the configuration of Qwen2.5-0.5B-Instruct; <c>tiny</c> is for tests.</summary>
    public static IReadOnlyList<ModelShape> All { get; } =
    [
        new("qwen2.5-0.5b", Layers: 24, Width: 896, Heads: 14, KeyValueHeads: 2, FeedForward: 4864, Tokens: 151_936, ContextTokens: 32_768),
        new("tiny", Layers: 2, Width: 64, Heads: 4, KeyValueHeads: 2, FeedForward: 160, Tokens: 2048, ContextTokens: 4096),
    ];

    /// <summary>Tensors in the order of the file. The embedding of the tokens serves as the output too.</summary>
    internal IEnumerable<WeightTensor> Tensors()
    {
        var cached = Width / Heads * KeyValueHeads;
        yield return WeightTensor.Matrix("token_embd.weight", Width, Tokens);
        yield return WeightTensor.Norm("output_norm.weight", Width);
        for (var layer = 0; layer < Layers; layer++)
        {
            var block = FormattableString.Invariant($"blk.{layer}.");
            yield return WeightTensor.Norm(block + "attn_norm.weight", Width);
            yield return WeightTensor.Matrix(block + "attn_q.weight", Width, Width);
            yield return WeightTensor.Bias(block + "attn_q.bias", Width);
            yield return WeightTensor.Matrix(block + "attn_k.weight", Width, cached);
            yield return WeightTensor.Bias(block + "attn_k.bias", cached);
            yield return WeightTensor.Matrix(block + "attn_v.weight", Width, cached);
            yield return WeightTensor.Bias(block + "attn_v.bias", cached);
            yield return WeightTensor.Matrix(block + "attn_output.weight", Width, Width);
            yield return WeightTensor.Norm(block + "ffn_norm.weight", Width);
            yield return WeightTensor.Matrix(block + "ffn_gate.weight", Width, FeedForward);
            yield return WeightTensor.Matrix(block + "ffn_up.weight", Width, FeedForward);
            yield return WeightTensor.Matrix(block + "ffn_down.weight", FeedForward, Width);
        }
    }
}
