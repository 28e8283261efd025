using EdgeMas.Grammar.Automata;

namespace EdgeMas.Grammar.Machine;

/// <summary>
/// Steps a grammar's states byte by byte. A state is a set of threads over interned stacks; steps are computed once and remembered. Any thread: what is
/// remembered is read without the lock.
/// </summary>
internal sealed class GrammarMachine
{
    /// <summary>States that are remembered at most; each takes about two kilobytes, masks not counted.</summary>
    private const int Capacity = 10_000;

    private readonly Lock _gate = new();
    private readonly Interning _interning;
    private readonly Expansion _expansion;

    /// <param name="root">Measured.</param>
    internal GrammarMachine(Node root, int capacity = Capacity)
    {
        Root = root;
        _interning = new Interning(capacity);
        _expansion = new Expansion(_interning);
        lock (_gate)
        {
            _expansion.Begin();
            _expansion.Enter(root, null);
            Start = Collect();
        }
    }

    internal Node Root { get; }

    internal GrammarState Start { get; }

    internal int StateCount => _interning.StateCount;

    /// <exception cref="GrammarLimitException">The text can be read in too many ways; the state is as good as before.</exception>
    /// <returns>The state behind the byte; one without threads and end where the byte may not follow.</returns>
    internal GrammarState Step(GrammarState state, byte next)
    {
        if (state.Known(next) is { } known)
            return known;
        lock (_gate)
        {
            _expansion.Begin();
            foreach (var thread in state.Threads)
            {
                var reached = thread.Step(next);
                if (reached == Automaton.Dead)
                    continue;
                if (thread.Automaton.Continues(reached))
                    _expansion.Put(thread with { State = reached });
                var label = thread.EndLabel(reached);
                if (label != Automaton.NoLabel)
                    _expansion.Continue(thread.Next, label);
            }
            var behind = Collect();
            state.Remember(next, behind);
            return behind;
        }
    }

    internal GrammarState Step(GrammarState state, ReadOnlySpan<byte> text)
    {
        foreach (var next in text)
        {
            state = Step(state, next);
            if (state.IsDead)
                return state;
        }
        return state;
    }

    /// <summary>The threads that go on when a part ends with a label, closed over parts that match nothing.</summary>
    internal Thread[] Follow(Frame frame, int label)
    {
        foreach (var (known, threads) in frame.Followers)
        {
            if (known == label)
                return threads;
        }
        lock (_gate)
        {
            _expansion.Begin();
            _expansion.Continue(frame, label);
            var (threads, _) = _expansion.Take();
            frame.Followers = [.. frame.Followers, (label, threads)];
            return threads;
        }
    }

    /// <summary>About how many bytes the shortest end of the text is away: a guide to one, not a bound.</summary>
    internal int Distance(GrammarState state)
    {
        if (state.Ends)
            return 0;
        var least = Node.Unreachable;
        lock (_gate) // nodes remember what they have measured
        {
            foreach (var thread in state.Threads)
            {
                var bytes = thread.Next?.Node.DistanceOf(thread) ?? thread.Automaton.DistanceFrom(thread.State);
                for (var frame = thread.Next?.Parent; frame is not null; frame = frame.Parent)
                    bytes = NodeMeasure.Add(bytes, frame.Node.RestOf(frame));
                least = Math.Min(least, bytes);
            }
        }
        return least;
    }

    private GrammarState Collect()
    {
        var (threads, ends) = _expansion.Take();
        return _interning.Intern(new GrammarState(threads, ends));
    }
}
