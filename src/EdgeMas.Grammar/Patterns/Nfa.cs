using EdgeMas.Grammar.Automata;

namespace EdgeMas.Grammar.Patterns;

/// <summary>A nondeterministic automaton over the bytes of UTF-8, grown from a pattern without lookaheads; and the subsets of its states, which make a table.</summary>
internal sealed class Nfa
{
    private const int MaxNodes = 400_000;
    private const int End = 0;

    // A node either reads a byte of a range and goes to A, or goes freely to A and B; a free way may ask for the text's beginning or end.
    private readonly List<Node> _nodes = [new Node(Kind.Accept, 0, 0, -1, -1)];
    private readonly List<Node[]> _switches = []; // by the A of a node that reads a byte of one of several ranges

    private enum Kind : byte { Accept, Read, Switch, Free, AtBegin, AtEnd }

    /// <param name="atBegin">The text begins here: <c>^</c> holds.</param>
    /// <exception cref="PatternException">It repeats too much.</exception>
    /// <exception cref="TooManyStatesException">Its table would be too large.</exception>
    internal static Dfa Compile(Pattern pattern, bool atBegin)
    {
        var nfa = new Nfa();
        return nfa.Determinize(nfa.Add(pattern, End), atBegin);
    }

    private int Add(Pattern pattern, int target) => pattern switch
    {
        Pattern.Set set => AddSet(set.Members, target),
        Pattern.Sequence sequence => sequence.Items.Reverse().Aggregate(target, (next, item) => Add(item, next)),
        Pattern.Either either => either.Options.Select(option => Add(option, target)).ToList().Aggregate((a, b) => Put(new Node(Kind.Free, 0, 0, a, b))),
        Pattern.Repeat repeat => AddRepeat(repeat, target),
        Pattern.Begin => Put(new Node(Kind.AtBegin, 0, 0, target, -1)),
        Pattern.End => Put(new Node(Kind.AtEnd, 0, 0, target, -1)),
        Pattern.Language language => AddLanguage(language.Words, target),
        _ => throw new PatternException("a lookahead at this place"),
    };

    private int Put(Node node)
    {
        if (_nodes.Count >= MaxNodes)
            throw new PatternException("it repeats too much to be an automaton");
        CompileWork.Do(1);
        _nodes.Add(node);
        return _nodes.Count - 1;
    }

    private int AddRepeat(Pattern.Repeat repeat, int target)
    {
        var next = target;
        if (repeat.Most is null)
        {
            var loop = Put(new Node(Kind.Free, 0, 0, -1, target));
            var inner = Add(repeat.Item, loop);
            _nodes[loop] = _nodes[loop] with { A = inner };
            next = loop;
        }
        else
        {
            for (var i = repeat.Least; i < repeat.Most; i++)
                next = Put(new Node(Kind.Free, 0, 0, Add(repeat.Item, next), target));
        }
        for (var i = 0; i < repeat.Least; i++)
            next = Add(repeat.Item, next);
        return next;
    }

    /// <summary>A tree of byte ranges; equal branches are one node, so that a class of thousands of characters stays small and every byte leads to few nodes.</summary>
    private int AddSet(CodePoints set, int target)
    {
        if (set.Ranges.Count == 0)
            return PutDeadEnd();
        var sequences = set.Ranges.SelectMany(range => Utf8Ranges.Split(range.From, range.To)).ToArray();
        return AddBranch(sequences, 0, target, new Dictionary<string, int>(StringComparer.Ordinal));
    }

    /// <param name="sequences">In order; those that begin with the same range are together.</param>
    private int AddBranch(ReadOnlySpan<(byte From, byte To)[]> sequences, int depth, int target, Dictionary<string, int> known)
    {
        if (sequences.Length > 0 && sequences[0].Length == depth)
            return target;
        var ways = new List<Node>();
        var key = new System.Text.StringBuilder();
        for (var from = 0; from < sequences.Length;)
        {
            var range = sequences[from][depth];
            var to = from + 1;
            while (to < sequences.Length && sequences[to][depth] == range)
                to++;
            ways.Add(new Node(Kind.Read, range.From, range.To, AddBranch(sequences[from..to], depth + 1, target, known), -1));
            key.Append((char)range.From).Append((char)range.To).Append(ways[^1].A).Append(';');
            from = to;
        }
        if (known.TryGetValue(key.ToString(), out var branch))
            return branch;
        branch = ways.Count == 1 ? Put(ways[0]) : PutSwitch(ways);
        known.Add(key.ToString(), branch);
        return branch;
    }

    /// <summary>Ranges that exclude each other.</summary>
    private int PutSwitch(List<Node> ways)
    {
        _switches.Add([.. ways]);
        return Put(new Node(Kind.Switch, 0, 0, _switches.Count - 1, -1));
    }

    /// <summary>For a part that no text has.</summary>
    private int PutDeadEnd() => Put(new Node(Kind.Free, 0, 0, -1, -1));

    private int AddLanguage(Dfa words, int target)
    {
        if (words.IsEmpty)
            return PutDeadEnd();
        var places = new int[words.Count];
        for (var state = 0; state < places.Length; state++)
            places[state] = Put(new Node(Kind.Free, 0, 0, -1, words.LabelOf(state) == Automaton.NoLabel ? -1 : target));
        for (var state = 0; state < places.Length; state++)
        {
            for (var value = 0; value < 256; value++)
            {
                var reached = words.Step(state, (byte)value);
                if (reached == Automaton.Dead)
                    continue;
                var to = value;
                while (to < 255 && words.Step(state, (byte)(to + 1)) == reached)
                    to++;
                var read = Put(new Node(Kind.Read, (byte)value, (byte)to, places[reached], -1));
                _nodes[places[state]] = _nodes[places[state]].A < 0
                    ? _nodes[places[state]] with { A = read }
                    : _nodes[places[state]] with { A = Put(new Node(Kind.Free, 0, 0, _nodes[places[state]].A, read)) };
                value = to;
            }
        }
        return places[words.Start];
    }

    private Dfa Determinize(int start, bool atBegin)
    {
        var begins = new bool[257];
        atBegin &= _nodes.Exists(static node => node.Kind == Kind.AtBegin);
        foreach (var node in _nodes.Concat(_switches.SelectMany(static ways => ways)))
        {
            if (node.Kind == Kind.Read)
                begins[node.From] = begins[node.To + 1] = true;
        }
        var mark = new int[_nodes.Count];
        var round = 0;
        var stack = new Stack<int>();
        var found = new List<int>();

        NodeSet Close(IEnumerable<int> from, bool begin, bool end)
        {
            round++;
            found.Clear();
            foreach (var node in from)
                stack.Push(node);
            while (stack.TryPop(out var at))
            {
                if (at < 0 || mark[at] == round)
                    continue;
                mark[at] = round;
                var node = _nodes[at];
                if (node.Kind is Kind.Read or Kind.Switch or Kind.Accept)
                {
                    found.Add(at);
                }
                else if (node.Kind == Kind.AtEnd && !end)
                {
                    found.Add(at); // decided when the text ends here
                }
                else if (node.Kind != Kind.AtBegin || begin)
                {
                    stack.Push(node.A);
                    stack.Push(node.B);
                }
            }
            CompileWork.Do(found.Count);
            found.Sort();
            return new NodeSet([.. found], begin);
        }

        return DfaBuilder.Explore(
            Close([start], atBegin, end: false),
            ByteClasses.Between(begins.AsSpan(0, 256)),
            (NodeSet set, byte next, out NodeSet target) =>
            {
                var reached = new List<int>();
                foreach (var at in set.Nodes)
                {
                    var node = _nodes[at];
                    if (node.Kind == Kind.Switch)
                        node = Find(_switches[node.A], next);
                    if (node.Kind == Kind.Read && node.From <= next && next <= node.To)
                        reached.Add(node.A);
                }
                target = reached.Count == 0 ? set : Close(reached, begin: false, end: false);
                return reached.Count > 0;
            },
            set => set.Nodes.Contains(End) || Close(set.Nodes, set.AtBegin, end: true).Nodes.Contains(End) ? 0 : Automaton.NoLabel);
    }

    /// <summary>The range that has the byte, or the one below it.</summary>
    private static Node Find(Node[] ways, byte next)
    {
        var (low, high) = (0, ways.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) >> 1;
            if (ways[middle].From <= next)
                low = middle;
            else
                high = middle - 1;
        }
        return ways[low];
    }

    private readonly record struct Node(Kind Kind, byte From, byte To, int A, int B);

    /// <summary>States that the automaton may be in together.</summary>
    private sealed class NodeSet : IEquatable<NodeSet>
    {
        private readonly int _hash;

        internal NodeSet(int[] nodes, bool atBegin)
        {
            Nodes = nodes;
            AtBegin = atBegin;
            var hash = new HashCode();
            hash.Add(atBegin);
            foreach (var node in nodes)
                hash.Add(node);
            _hash = hash.ToHashCode();
        }

        internal int[] Nodes { get; }

        internal bool AtBegin { get; }

        public bool Equals(NodeSet? other) => other is not null && AtBegin == other.AtBegin && Nodes.AsSpan().SequenceEqual(other.Nodes);

        public override bool Equals(object? obj) => Equals(obj as NodeSet);

        public override int GetHashCode() => _hash;
    }
}
