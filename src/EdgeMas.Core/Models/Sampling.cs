namespace EdgeMas.Core.Models;

/// <summary>How the next token is chosen.</summary>
/// <param name="Temperature">0 takes the likeliest token.</param>
/// <param name="TopK">0 for no limit.</param>
/// <param name="TopP">1 for no limit.</param>
/// <param name="Seed">Same seed, prompt, model and constraint: same tokens.</param>
public sealed record Sampling(float Temperature = 0, int TopK = 40, float TopP = 0.95f, uint Seed = 1)
{
    public static Sampling Greedy { get; } = new();
}
