namespace EdgeMas.Inference.Synthesis;

/// <summary>The measures of a network of the Qwen2 or the Mamba architecture: everything of a model but its weights. Vectors have <see cref="Width"/> numbers.</summary>
/// <param name="Heads">Of attention; they share the width evenly.</param>
/// <param name="KeyValueHeads">Heads whose keys and values are kept; each serves several of <paramref name="Heads"/>.</param>
/// <param name="Tokens">Of the vocabulary.</param>
public sealed record ModelShape(string Name, int Layers, int Width, int Heads, int KeyValueHeads, int FeedForward, int Tokens, int ContextTokens)
{
    internal const float RmsEpsilon = 1e-6f;
    internal const float RopeBase = 1e6f;

    internal const string Qwen2 = "qwen2";
    internal const string Mamba = "mamba";

    /// <summary>Of the convolution, the state, and the step's low-rank projection of a Mamba layer.</summary>
    internal const int ConvolutionWidth = 4;
    internal const int StateWidth = 16;
    internal const int StepRank = 32;

    /// <summary>As llama.cpp names it. A Mamba network has a recurrent state and no attention: heads and feed-forward are 0.</summary>
    internal string Architecture { get; init; } = Qwen2;

    /// <summary>Numbers that a Mamba layer works with inside.</summary>
    internal int InnerWidth => 2 * Width;

    /// <summary>Those that can be asked for by name. Source of the measures: the configuration of Qwen2.5-0.5B-Instruct; <c>tiny</c> and <c>tiny-mamba</c> are for tests.</summary>
    public static IReadOnlyList<ModelShape> All { get; } =
    [
        new("qwen2.5-0.5b", Layers: 24, Width: 896, Heads: 14, KeyValueHeads: 2, FeedForward: 4864, Tokens: 151_936, ContextTokens: 32_768),
        new("tiny", Layers: 2, Width: 64, Heads: 4, KeyValueHeads: 2, FeedForward: 160, Tokens: 2048, ContextTokens: 4096),
        new("tiny-mamba", Layers: 2, Width: 64, Heads: 0, KeyValueHeads: 0, FeedForward: 0, Tokens: 2048, ContextTokens: 4096) { Architecture = Mamba },
    ];

    /// <summary>Tensors in the order of the file. The embedding of the tokens serves as the output too.</summary>
    internal IEnumerable<WeightTensor> Tensors() => Architecture == Mamba ? MambaTensors() : Qwen2Tensors();

    private IEnumerable<WeightTensor> Qwen2Tensors()
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

    /// <summary>Source: llama.cpp's loader for <c>LLM_ARCH_MAMBA</c>. A is negative, so that the state fades.</summary>
    private IEnumerable<WeightTensor> MambaTensors()
    {
        yield return WeightTensor.Matrix("token_embd.weight", Width, Tokens);
        yield return WeightTensor.Norm("output_norm.weight", Width);
        for (var layer = 0; layer < Layers; layer++)
        {
            var block = FormattableString.Invariant($"blk.{layer}.");
            yield return WeightTensor.Norm(block + "attn_norm.weight", Width);
            yield return WeightTensor.Matrix(block + "ssm_in.weight", Width, 2 * InnerWidth);
            yield return WeightTensor.Matrix(block + "ssm_conv1d.weight", ConvolutionWidth, InnerWidth) with { IsExact = true };
            yield return WeightTensor.Bias(block + "ssm_conv1d.bias", InnerWidth);
            yield return WeightTensor.Matrix(block + "ssm_x.weight", InnerWidth, StepRank + (2 * StateWidth));
            yield return WeightTensor.Matrix(block + "ssm_dt.weight", StepRank, InnerWidth);
            yield return WeightTensor.Bias(block + "ssm_dt.bias", InnerWidth) with { Middle = -3, Spread = 1 };
            yield return WeightTensor.Matrix(block + "ssm_a", StateWidth, InnerWidth) with { IsExact = true, Middle = -1, Spread = 0.5f };
            yield return WeightTensor.Norm(block + "ssm_d", InnerWidth);
            yield return WeightTensor.Matrix(block + "ssm_out.weight", InnerWidth, Width);
        }
    }
}
