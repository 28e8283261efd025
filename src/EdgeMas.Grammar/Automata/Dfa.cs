using EdgeMas.Grammar.Vocabulary;

namespace EdgeMas.Grammar.Automata;

/// <summary>A deterministic automaton as a table; every state leads to an end.</summary>
internal sealed class Dfa : Automaton
{
    private readonly byte[] _classOf;
    private readonly int[] _next;
    private readonly int[] _labels;
    private readonly int[] _distances;
    private readonly short[] _only;
    private readonly int _classes;
    private AlphabetFit? _fit;

    private Dfa(ByteClasses classes, int[] next, int[] labels, int start)
    {
        Classes = classes;
        _classOf = classes.Map.ToArray();
        _classes = classes.Count;
        _next = next;
        _labels = labels;
        Start = start;
        _distances = Measure(next, labels, classes.Count);
        _only = FindOnly();
    }

    internal static Dfa Empty { get; } = new(ByteClasses.By(_ => 0), [], [], Dead);

    internal ByteClasses Classes { get; }

    internal int Count => _labels.Length;

    internal bool IsEmpty => Start == Dead;

    internal override int Start { get; }

    /// <summary>Targets by state and class of bytes, for loops that take no call for each byte.</summary>
    internal ReadOnlySpan<int> Table => _next;

    internal ReadOnlySpan<int> Labels => _labels;

    /// <summary>Which tokens it reads without a look at each. Made when first asked for.</summary>
    internal AlphabetFit Fit => _fit ??= AlphabetFit.Compute(this);

    /// <summary>Keeps the states that are reached from the start and lead to an end.</summary>
    /// <param name="next">Targets by state and class; <see cref="Automaton.Dead"/> for none.</param>
    internal static Dfa Create(ByteClasses classes, ReadOnlySpan<int> next, ReadOnlySpan<int> labels, int start)
    {
        var width = classes.Count;
        var distances = Measure(next, labels, width);
        if (start == Dead || distances[start] < 0)
            return Empty;
        var number = new int[labels.Length];
        Array.Fill(number, Dead);
        var order = new List<int> { start };
        number[start] = 0;
        for (var i = 0; i < order.Count; i++)
        {
            foreach (var target in next.Slice(order[i] * width, width))
            {
                if (target == Dead || number[target] != Dead || distances[target] < 0)
                    continue;
                number[target] = order.Count;
                order.Add(target);
            }
        }
        var kept = new int[order.Count * width];
        var keptLabels = new int[order.Count];
        for (var i = 0; i < order.Count; i++)
        {
            keptLabels[i] = labels[order[i]];
            for (var c = 0; c < width; c++)
            {
                var target = next[(order[i] * width) + c];
                kept[(i * width) + c] = target == Dead ? Dead : number[target];
            }
        }
        return new Dfa(classes, kept, keptLabels, 0);
    }

    internal override int Step(int state, byte next) => _next[(state * _classes) + _classOf[next]];

    internal override int LabelOf(int state) => _labels[state];

    internal override bool Continues(int state) => _only[state] != -2;

    internal override int DistanceFrom(int state) => _distances[state];

    internal override int OnlyByte(int state, IndexSet? allowed) => _only[state] < 0 ? -1 : _only[state];

    /// <summary>The words with some of the labels.</summary>
    internal Dfa Keep(Func<int, bool> label)
    {
        var kept = Array.ConvertAll(_labels, l => l != NoLabel && label(l) ? l : NoLabel);
        return kept.AsSpan().SequenceEqual(_labels) ? this : Create(Classes, _next, kept, Start);
    }

    /// <summary>The language is finite.</summary>
    internal bool IsFinite()
    {
        var inside = new byte[Count]; // 1 on the path, 2 done
        var path = new Stack<(int State, int Class)>();
        if (IsEmpty)
            return true;
        path.Push((Start, 0));
        inside[Start] = 1;
        while (path.TryPop(out var at))
        {
            if (at.Class == _classes)
            {
                inside[at.State] = 2;
                continue;
            }
            path.Push((at.State, at.Class + 1));
            var target = _next[(at.State * _classes) + at.Class];
            if (target == Dead || inside[target] == 2)
                continue;
            if (inside[target] == 1)
                return false;
            inside[target] = 1;
            path.Push((target, 0));
        }
        return true;
    }

    internal bool Accepts(ReadOnlySpan<byte> word)
    {
        var state = Start;
        foreach (var next in word)
        {
            if (state == Dead)
                return false;
            state = Step(state, next);
        }
        return state != Dead && _labels[state] != NoLabel;
    }

    /// <summary>Bytes to the nearest end of a word, or −1.</summary>
    private static int[] Measure(ReadOnlySpan<int> next, ReadOnlySpan<int> labels, int width)
    {
        var distances = new int[labels.Length];
        var sources = new List<int>?[labels.Length];
        var queue = new Queue<int>();
        for (var state = 0; state < labels.Length; state++)
        {
            distances[state] = labels[state] == NoLabel ? -1 : 0;
            if (distances[state] == 0)
                queue.Enqueue(state);
            var last = Dead;
            foreach (var target in next.Slice(state * width, width))
            {
                if (target != Dead && target != last)
                    (sources[target] ??= []).Add(state);
                last = target;
            }
        }
        while (queue.TryDequeue(out var state))
        {
            foreach (var source in sources[state] ?? [])
            {
                if (distances[source] >= 0)
                    continue;
                distances[source] = distances[state] + 1;
                queue.Enqueue(source);
            }
        }
        return distances;
    }

    /// <summary>The only byte that leads on from each state; −1 for several, −2 for none.</summary>
    private short[] FindOnly()
    {
        Span<int> sizes = stackalloc int[256];
        sizes.Clear();
        foreach (var c in _classOf)
            sizes[c]++;
        var only = new short[Count];
        for (var state = 0; state < Count; state++)
        {
            only[state] = -2;
            for (var c = 0; c < _classes; c++)
            {
                if (_next[(state * _classes) + c] == Dead)
                    continue;
                if (only[state] != -2 || sizes[c] > 1)
                {
                    only[state] = -1;
                    break;
                }
                only[state] = Classes.Examples[c];
            }
        }
        return only;
    }
}
