using EdgeMas.Inference.Native;

namespace EdgeMas.Inference.Sampling;

/// <summary>Room for one row of candidates and one mask; used during one choice only.</summary>
/// <param name="vocabulary">Tokens of the model.</param>
internal sealed class SamplingWorkspace(int vocabulary)
{
    internal llama_token_data[] Candidates { get; } = new llama_token_data[vocabulary];

    internal uint[] Mask { get; } = new uint[(vocabulary + 31) / 32];
}
