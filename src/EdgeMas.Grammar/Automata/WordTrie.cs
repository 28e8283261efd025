namespace EdgeMas.Grammar.Automata;

/// <summary>
/// A finite set of words, each labelled with its place in the sorted list: property names, enumerated values, places that a robot knows. A choice among them can
/// be narrowed by a set of allowed labels without building anything anew. Cheap to make: its size is that of the words.
/// </summary>
internal sealed class WordTrie : Automaton
{
    private readonly List<byte> _labels = [];
    private readonly List<int> _targets = [];
    private readonly List<Node> _nodes = [];

    /// <param name="sorted">Distinct words in ordinal order of their bytes; none is empty.</param>
    internal WordTrie(IReadOnlyList<byte[]> sorted)
    {
        WordCount = sorted.Count;
        if (sorted.Count == 0)
        {
            Start = Dead;
            return;
        }
        Build(sorted);
        Start = 0;
    }

    internal int WordCount { get; }

    internal int NodeCount => _nodes.Count;

    internal override int Start { get; }

    internal override bool KeepsMasks => false;

    internal override int Step(int state, byte next)
    {
        var node = _nodes[state];
        var (low, high) = (node.FirstEdge, node.FirstEdge + node.Edges - 1);
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            var label = _labels[middle];
            if (label == next)
                return _targets[middle];
            if (label < next)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return Dead;
    }

    internal override int LabelOf(int state) => _nodes[state].Word;

    internal override bool Continues(int state) => _nodes[state].Edges > 0;

    internal override int DistanceFrom(int state) => _nodes[state].Distance;

    internal override bool Reaches(int state, IndexSet allowed) => allowed.HasAny(_nodes[state].FirstWord, _nodes[state].EndWord);

    internal override int OnlyByte(int state, IndexSet? allowed)
    {
        var node = _nodes[state];
        var only = -1;
        for (var edge = node.FirstEdge; edge < node.FirstEdge + node.Edges; edge++)
        {
            if (allowed is not null && !Reaches(_targets[edge], allowed))
                continue;
            if (only >= 0)
                return -1;
            only = _labels[edge];
        }
        return only;
    }

    /// <summary>Words that begin as the state's text does: from one number to before another.</summary>
    internal (int From, int To) WordsBelow(int state) => (_nodes[state].FirstWord, _nodes[state].EndWord);

    internal int EdgeCount(int state) => _nodes[state].Edges;

    /// <summary>Edges come in the order of their bytes.</summary>
    internal (byte Label, int Target) EdgeAt(int state, int index) => (_labels[_nodes[state].FirstEdge + index], _targets[_nodes[state].FirstEdge + index]);

    /// <summary>From the root outwards.</summary>
    internal IEnumerable<(int Node, byte Label, int Target)> Edges()
    {
        for (var node = 0; node < _nodes.Count; node++)
        {
            for (var edge = _nodes[node].FirstEdge; edge < _nodes[node].FirstEdge + _nodes[node].Edges; edge++)
                yield return (node, _labels[edge], _targets[edge]);
        }
    }

    /// <summary>Breadth first, so that a node's edges lie together.</summary>
    private void Build(IReadOnlyList<byte[]> words)
    {
        _nodes.Add(new Node { FirstWord = 0, EndWord = words.Count, Word = NoLabel });
        var depths = new List<int> { 0 };
        for (var at = 0; at < _nodes.Count; at++)
        {
            var node = _nodes[at];
            var depth = depths[at];
            var from = node.FirstWord;
            node.FirstEdge = _labels.Count;
            if (words[from].Length == depth)
                node.Word = from++;
            while (from < node.EndWord)
            {
                var label = words[from][depth];
                var to = from + 1;
                while (to < node.EndWord && words[to][depth] == label)
                    to++;
                _labels.Add(label);
                _targets.Add(_nodes.Count);
                _nodes.Add(new Node { FirstWord = from, EndWord = to, Word = NoLabel });
                depths.Add(depth + 1);
                from = to;
            }
            node.Edges = _labels.Count - node.FirstEdge;
            _nodes[at] = node;
        }
        for (var at = _nodes.Count - 1; at >= 0; at--)
        {
            var node = _nodes[at];
            node.Distance = node.Word != NoLabel ? 0 : int.MaxValue;
            for (var edge = node.FirstEdge; edge < node.FirstEdge + node.Edges; edge++)
                node.Distance = Math.Min(node.Distance, _nodes[_targets[edge]].Distance + 1);
            _nodes[at] = node;
        }
    }

    private struct Node
    {
        internal int FirstEdge;
        internal int Edges;
        internal int FirstWord;
        internal int EndWord;
        internal int Word;
        internal int Distance;
    }
}
