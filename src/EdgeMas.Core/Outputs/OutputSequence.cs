namespace EdgeMas.Core.Outputs;

/// <summary>Its parts one behind the other; without any it is the empty text.</summary>
public sealed class OutputSequence : OutputLanguage
{
    internal OutputSequence(IReadOnlyList<OutputLanguage> parts) => Parts = parts;

    public IReadOnlyList<OutputLanguage> Parts { get; }
}
