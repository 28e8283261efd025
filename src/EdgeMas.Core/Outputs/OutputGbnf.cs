namespace EdgeMas.Core.Outputs;

/// <summary>The texts of the rule <c>root</c> of a grammar in llama.cpp's GBNF.</summary>
public sealed class OutputGbnf : OutputLanguage
{
    internal OutputGbnf(string grammar) => Grammar = grammar;

    public string Grammar { get; }
}
