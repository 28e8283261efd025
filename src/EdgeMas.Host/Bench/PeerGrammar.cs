using System.Globalization;
using System.Text;
using EdgeMas.Core.Outputs;

namespace EdgeMas.Host.Bench;

/// <summary>Writes an agent's language in llama.cpp's GBNF, a rule for each part, so that its own sampler can be measured on the same texts.</summary>
internal sealed class PeerGrammar
{
    private readonly Dictionary<OutputLanguage, string> _rules = new(ReferenceEqualityComparer.Instance);
    private readonly StringBuilder _text = new();

    private PeerGrammar()
    {
    }

    /// <exception cref="ArgumentException">A part is a regular expression or has no text: GBNF has no words for it.</exception>
    internal static string Write(OutputLanguage language)
    {
        var grammar = new PeerGrammar();
        var body = grammar.Body(language);
        return $"root ::= {body}\n{grammar._text}";
    }

    private string Reference(OutputLanguage part)
    {
        if (part is OutputText { Value: var value })
            return Quote(value);
        if (_rules.TryGetValue(part, out var known))
            return known;
        var name = _rules[part] = $"r{_rules.Count.ToString(CultureInfo.InvariantCulture)}";
        var body = Body(part);
        _text.Append(name).Append(" ::= ").Append(body).Append('\n');
        return name;
    }

    private string Body(OutputLanguage part) => part switch
    {
        OutputText text => Quote(text.Value),
        OutputChoice { Ways.Count: > 0 } choice => string.Join(" | ", choice.Ways.Select(Reference)),
        OutputSequence { Parts.Count: 0 } => "\"\"",
        OutputSequence sequence => string.Join(' ', sequence.Parts.Select(Reference)),
        OutputRepeat repeat => string.Create(CultureInfo.InvariantCulture, $"{Reference(repeat.Part)}{{{repeat.Least},{repeat.Most}}}"),
        _ => throw new ArgumentException($"{part.GetType().Name} has no GBNF here", nameof(part)),
    };

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
            _ = c switch { '"' or '\\' => quoted.Append('\\').Append(c), '\n' => quoted.Append("\\n"), '\r' => quoted.Append("\\r"), '\t' => quoted.Append("\\t"), _ => quoted.Append(c) };
        return quoted.Append('"').ToString();
    }
}
