namespace EdgeMas.Core.Outputs;

/// <summary>The texts that a regular expression (ECMA-262, Unicode mode) matches from beginning to end.</summary>
public sealed class OutputRegex : OutputLanguage
{
    internal OutputRegex(string pattern) => Pattern = pattern;

    public string Pattern { get; }
}
