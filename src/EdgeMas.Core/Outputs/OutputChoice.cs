namespace EdgeMas.Core.Outputs;

/// <summary>Any of its ways; without one it has no text.</summary>
public sealed class OutputChoice : OutputLanguage
{
    internal OutputChoice(IReadOnlyList<OutputLanguage> ways) => Ways = ways;

    public IReadOnlyList<OutputLanguage> Ways { get; }
}
