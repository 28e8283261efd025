namespace EdgeMas.Core.Outputs;

/// <summary>A part several times.</summary>
public sealed class OutputRepeat : OutputLanguage
{
    internal OutputRepeat(OutputLanguage part, int least, int most)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(least);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, least);
        (Part, Least, Most) = (part, least, most);
    }

    public OutputLanguage Part { get; }

    public int Least { get; }

    public int Most { get; }
}
