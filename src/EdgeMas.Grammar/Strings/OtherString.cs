using EdgeMas.Grammar.Automata;

namespace EdgeMas.Grammar.Strings;

/// <summary>
/// Every string but some: names of properties that a schema does not mention. Follows the tree of the forbidden words as long as the text does; behind it, it is
/// the language of all strings, whose masks are made already.
/// </summary>
internal sealed class OtherString : Automaton
{
    private static readonly Dfa All = StringSpelling.All;

    private readonly WordTrie _words;
    private readonly int[] _places; // the state of All at each node of the tree

    /// <param name="words">As JSON writes them, quotes included.</param>
    internal OtherString(WordTrie words)
    {
        _words = words;
        _places = new int[words.NodeCount];
        foreach (var (node, label, target) in words.Edges())
            _places[target] = All.Step(node == words.Start ? All.Start : _places[node], label);
        if (_places.Length > 0)
            _places[words.Start] = All.Start;
    }

    // A node of the tree is a negative number below −1, a state of All is itself.
    internal override int Start => _words.WordCount == 0 ? All.Start : NodeState(_words.Start);

    internal override int Step(int state, byte next)
    {
        if (state >= 0)
            return All.Step(state, next);
        var node = NodeOf(state);
        var child = _words.Step(node, next);
        if (child == Dead)
            return All.Step(_places[node], next);
        return _words.LabelOf(child) != NoLabel ? Dead : NodeState(child);
    }

    internal override int LabelOf(int state) => state < 0 ? NoLabel : All.LabelOf(state);

    internal override bool Continues(int state) => state < 0 || All.Continues(state);

    internal override int DistanceFrom(int state) => state < 0 ? All.DistanceFrom(_places[NodeOf(state)]) + 1 : All.DistanceFrom(state);

    internal override int OnlyByte(int state, IndexSet? allowed) => All.OnlyByte(state < 0 ? _places[NodeOf(state)] : state, allowed);

    internal override (Automaton Automaton, int State) Representative(int state) => state < 0 ? (this, state) : (All, state);

    /// <summary>The text so far may still become a forbidden word: the tree of those, its node, and the state of all strings there.</summary>
    internal (WordTrie Words, int Node, int Place)? Forbidden(int state) => state >= 0 ? null : (_words, NodeOf(state), _places[NodeOf(state)]);

    private static int NodeState(int node) => -2 - node;

    private static int NodeOf(int state) => -2 - state;
}
