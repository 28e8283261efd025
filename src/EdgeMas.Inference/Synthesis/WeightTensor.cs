namespace EdgeMas.Inference.Synthesis;

/// <summary>A tensor to be filled: every number is <paramref name="Middle"/> plus noise, evenly between −<paramref name="Spread"/> and <paramref name="Spread"/>.</summary>
/// <param name="Columns">Numbers of a row.</param>
/// <param name="Rows">0 for a vector.</param>
internal sealed record WeightTensor(string Name, int Columns, int Rows, float Middle, float Spread)
{
    internal bool IsMatrix => Rows > 0;

    /// <summary>Stored as 32-bit floats in every format: llama.cpp takes nothing else.</summary>
    internal bool IsExact { get; init; }

    internal long Numbers => (long)Columns * Math.Max(1, Rows);

    /// <summary>As wide as keeps the variance of what passes through it, so that all layers take part in the output.</summary>
    internal static WeightTensor Matrix(string name, int columns, int rows) => new(name, columns, rows, 0, MathF.Sqrt(3f / columns));

    internal static WeightTensor Bias(string name, int columns) => new(name, columns, 0, 0, 0.1f);

    internal static WeightTensor Norm(string name, int columns) => new(name, columns, 0, 1, 0.1f);
}
