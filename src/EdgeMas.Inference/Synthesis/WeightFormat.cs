using EdgeMas.Inference.Files;

namespace EdgeMas.Inference.Synthesis;

/// <summary>How the matrices are stored; vectors are 32-bit floats in each.</summary>
public sealed record WeightFormat
{
    private WeightFormat(string name, uint fileType, uint matrices, uint embedding)
    {
        Name = name;
        FileType = fileType;
        Matrices = matrices;
        Embedding = embedding;
    }

    public static IReadOnlyList<WeightFormat> All { get; } =
    [
        // llama-quantize gives an embedding that is the output too more bits: Q6_K, and Q8_0 where a row is no multiple of 256, as in all shapes here.
        new("Q4_0", fileType: 2, GgufTensorType.Q4, GgufTensorType.Q8),
        new("Q8_0", fileType: 7, GgufTensorType.Q8, GgufTensorType.Q8),
        new("F16", fileType: 1, GgufTensorType.F16, GgufTensorType.F16),
    ];

    public string Name { get; }

    /// <summary><c>llama_ftype</c> of llama.cpp v0.5.0.</summary>
    internal uint FileType { get; }

    internal uint Matrices { get; }

    /// <summary>Of the tokens.</summary>
    internal uint Embedding { get; }

    internal uint TypeOf(WeightTensor tensor) => !tensor.IsMatrix || tensor.IsExact ? GgufTensorType.F32 : tensor.Name == "token_embd.weight" ? Embedding : Matrices;
}
