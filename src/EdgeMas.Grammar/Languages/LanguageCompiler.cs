using System.Text;
using EdgeMas.Core.Outputs;
using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Machine;
using EdgeMas.Grammar.Patterns;

namespace EdgeMas.Grammar.Languages;

/// <summary>Builds the grammar of an agent's language: a node for each part, shared parts once.</summary>
internal sealed class LanguageCompiler
{
    private readonly Dictionary<OutputLanguage, Node> _nodes = new(ReferenceEqualityComparer.Instance);

    private LanguageCompiler()
    {
    }

    /// <exception cref="ArgumentException">The language has no text.</exception>
    internal static Node Compile(OutputLanguage language)
    {
        var root = new LanguageCompiler().NodeOf(language);
        return root.Shortest < Node.Unreachable ? root : throw new ArgumentException("the language has no text", nameof(language));
    }

    /// <exception cref="GrammarTextException">It matches no text.</exception>
    internal static Node Regex(string pattern)
    {
        var node = new TerminalNode(PatternLanguage.Whole(pattern));
        node.Shortest = Math.Min(node.Measure(), Node.Unreachable);
        return node.Shortest < Node.Unreachable ? node : throw new GrammarTextException("regex", 0, 0, "it matches no text");
    }

    private Node NodeOf(OutputLanguage part)
    {
        if (_nodes.TryGetValue(part, out var known))
            return known;
        var node = part switch
        {
            OutputText text => Words([text.Value]),
            OutputChoice choice => Choice(choice.Ways),
            OutputSequence sequence => new SequenceNode([.. sequence.Parts.Select(NodeOf)]),
            OutputRepeat repeat => new RepeatNode(NodeOf(repeat.Part), repeat.Least, repeat.Most),
            OutputRegex regex => Regex(regex.Pattern),
            OutputGbnf gbnf => GbnfCompiler.Compile(gbnf.Grammar),
            _ => throw new ArgumentException($"{part.GetType().Name} is not a known kind of language", nameof(part)),
        };
        node.Shortest = node.Measure(); // parts come before what they are in
        _nodes.Add(part, node);
        return node;
    }

    /// <summary>Ways that are plain texts are read side by side as one tree of words.</summary>
    private Node Choice(IReadOnlyList<OutputLanguage> ways)
    {
        var texts = ways.OfType<OutputText>().Select(static text => text.Value).ToList();
        if (texts.Count < 2)
            return new ChoiceNode(ways.Select(NodeOf));
        var words = Words(texts);
        if (texts.Count == ways.Count)
            return words;
        words.Shortest = words.Measure();
        return new ChoiceNode(ways.Where(static way => way is not OutputText).Select(NodeOf).Prepend(words));
    }

    private static Node Words(IEnumerable<string> texts)
    {
        byte[][] words = [.. texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(Encoding.UTF8.GetBytes)];
        if (words is [{ Length: 0 }, ..])
            return new ChoiceNode([Empty, .. words.Length > 1 ? [Words(texts.Where(static text => text.Length > 0))] : (Node[])[]]);
        Array.Sort(words, static (a, b) => a.AsSpan().SequenceCompareTo(b));
        return new TerminalNode(new WordTrie(words)) { Shortest = words.Min(static word => word.Length) };
    }

    private static Node Empty => new SequenceNode([]) { Shortest = 0 };
}
