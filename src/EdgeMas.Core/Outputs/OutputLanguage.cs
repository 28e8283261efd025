namespace EdgeMas.Core.Outputs;

/// <summary>
/// The texts that a model may write, made of parts: how an agent says what it takes for an answer without knowing how models are held to it. Parts may be
/// shared, so a language can be far smaller than a list of its texts. Immutable; any thread.
/// </summary>
public abstract class OutputLanguage
{
    private protected OutputLanguage()
    {
    }

    /// <summary>The empty text alone.</summary>
    public static OutputLanguage Nothing { get; } = new OutputSequence([]);

    /// <summary>This text alone.</summary>
    public static OutputLanguage Text(string text) => new OutputText(text);

    /// <summary>What a regular expression (ECMA-262, Unicode mode) matches from beginning to end. It is read when a constraint is made.</summary>
    public static OutputLanguage Regex(string pattern) => new OutputRegex(pattern);

    /// <summary>What a grammar in llama.cpp's GBNF has. It is read when a constraint is made.</summary>
    public static OutputLanguage Gbnf(string grammar) => new OutputGbnf(grammar);

    /// <summary>Any text of any of the parts.</summary>
    public static OutputLanguage OneOf(params IEnumerable<OutputLanguage> ways) => new OutputChoice([.. ways]);

    public static OutputLanguage OneOf(IEnumerable<string> texts) => new OutputChoice([.. texts.Select(Text)]);

    /// <summary>A text of each part, one behind the other.</summary>
    public static OutputLanguage Sequence(params IEnumerable<OutputLanguage> parts) => new OutputSequence([.. parts]);

    public static OutputLanguage Optional(OutputLanguage part) => OneOf(Nothing, part);

    /// <param name="least">0 or more.</param>
    /// <param name="most">At least <paramref name="least"/>.</param>
    public static OutputLanguage Repeat(OutputLanguage part, int least, int most) => new OutputRepeat(part, least, most);
}
