namespace EdgeMas.Core.Outputs;

/// <summary>One text.</summary>
public sealed class OutputText : OutputLanguage
{
    internal OutputText(string value) => Value = value;

    public string Value { get; }
}
