namespace EdgeMas.Inference.Sampling;

/// <summary>
/// Random numbers that depend on seed, step and token alone, the same on every machine. Adding Gumbel noise to the logits and taking the largest draws from
/// their softmax; unlike a draw along the sum of probabilities, digits that differ behind the comma do not move all later choices, and forbidding a token leaves
/// the choice among the others as it was. Sources: Gumbel-max as in Maddison, Tarlow and Minka, "A* Sampling", 2014; the mixing function is SplitMix64's
/// (Steele, Lea and Flood, OOPSLA 2014).
/// </summary>
internal readonly struct SeededNoise(uint seed, uint step)
{
    private readonly ulong _key = Mix(((ulong)seed << 32) | step);

    internal double Gumbel(int token)
    {
        var uniform = ((Mix(_key + (uint)token) >> 11) + 0.5) * (1.0 / (1UL << 53)); // never 0 or 1
        return -Math.Log(-Math.Log(uniform));
    }

    private static ulong Mix(ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        state = (state ^ (state >> 27)) * 0x94D049BB133111EB;
        return state ^ (state >> 31);
    }
}
