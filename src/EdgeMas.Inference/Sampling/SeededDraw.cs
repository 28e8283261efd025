namespace EdgeMas.Inference.Sampling;

/// <summary>Random numbers that a seed decides, the same on every machine and .NET. Source: SplitMix64 of Steele, Lea and Flood, OOPSLA 2014.</summary>
internal struct SeededDraw(uint seed)
{
    private ulong _state = seed;

    /// <returns>At least 0, below 1.</returns>
    internal double Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return ((mixed ^ (mixed >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
