namespace EdgeMas.Inference.Synthesis;

/// <summary>
/// Random numbers of one tensor, the same on every machine and in every weight format. Source of the generator: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
/// </summary>
internal struct WeightNoise(uint seed, int tensor)
{
    private const float Unit = 1f / (1 << 23);

    private ulong _state = ((ulong)seed << 32) | (uint)tensor;

    /// <summary>The tensor's next numbers, as 16-bit floats hold them: what a larger format has, a smaller one quantizes.</summary>
    internal void Fill(Span<float> numbers, WeightTensor tensor)
    {
        foreach (ref var number in numbers)
        {
            var even = ((int)(Next() >> 40) - (1 << 23)) * Unit; // −1 to 1, in 24 bits: exact
            number = (float)(Half)(tensor.Middle + (even * tensor.Spread));
        }
    }

    private ulong Next()
    {
        var mixed = _state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
