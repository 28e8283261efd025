using EdgeMas.Grammar.Automata;

namespace EdgeMas.Grammar.Machine;

/// <summary>Collects the threads that a part of the grammar begins with. One thread at a time: the machine's lock.</summary>
internal sealed class Expansion(Interning interning)
{
    /// <summary>Threads of one state: a grammar that needs more is ambiguous beyond use.</summary>
    internal const int MaxThreads = 4_096;

    private const int MaxDepth = 2_000;

    private readonly List<Thread> _threads = [];
    private readonly HashSet<Frame> _repeated = new(ReferenceEqualityComparer.Instance);
    private int _depth;

    /// <summary>The text may end here.</summary>
    internal bool Ends { get; private set; }

    internal Frame Frame(Node node, int phase, Frame? parent, int count = 0, int matched = 0, IndexSet? seen = null) =>
        interning.Intern(new Frame(node, phase, count, matched, seen, parent));

    internal void Read(Automaton automaton, Frame? next, IndexSet? allowed = null)
    {
        var start = automaton.Start;
        if (start == Automaton.Dead || (allowed is not null && !automaton.Reaches(start, allowed)))
            return;
        Add(new Thread(automaton, start, allowed, next));
    }

    internal void Enter(Node node, Frame? after)
    {
        if (node.Shortest >= Node.Unreachable)
            return;
        if (++_depth > MaxDepth)
            throw new GrammarLimitException($"the grammar enters {MaxDepth} parts without reading a byte");
        node.Enter(after, this);
        _depth--;
    }

    /// <summary>False where the frame came here before in this expansion: a part that may be empty would be entered without end.</summary>
    internal bool IsFirst(Frame frame) => _repeated.Add(frame);

    /// <summary>The part before the frame has ended.</summary>
    internal void Continue(Frame? frame, int label)
    {
        if (frame is null)
        {
            Ends = true;
            return;
        }
        if (++_depth > MaxDepth)
            throw new GrammarLimitException($"the grammar enters {MaxDepth} parts without reading a byte");
        frame.Node.Resume(frame, label, this);
        _depth--;
    }

    /// <summary>A thread as it is; its end, where it may end, is the caller's matter.</summary>
    internal void Put(Thread thread)
    {
        if (_threads.Count >= MaxThreads)
            throw new GrammarLimitException($"the text can be read in more than {MaxThreads} ways");
        _threads.Add(thread);
    }

    private void Add(Thread thread)
    {
        Put(thread);
        var label = thread.EndLabel(thread.State);
        if (label != Automaton.NoLabel)
            Continue(thread.Next, label); // an automaton that matches nothing at all
    }

    /// <summary>Begins anew: what an expansion that failed has left is gone.</summary>
    internal void Begin()
    {
        _threads.Clear();
        _repeated.Clear();
        Ends = false;
        _depth = 0;
    }

    /// <summary>What was collected since the beginning.</summary>
    internal (Thread[] Threads, bool Ends) Take() => ([.. _threads.Distinct()], Ends);
}
