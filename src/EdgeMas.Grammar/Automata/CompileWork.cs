using EdgeMas.Grammar.Machine;

namespace EdgeMas.Grammar.Automata;

/// <summary>Counts the work of compiling on this thread, so that a hostile schema is refused instead of followed to its end.</summary>
internal sealed class CompileWork : IDisposable
{
    [ThreadStatic]
    private static CompileWork? _current;

    private readonly CompileWork? _outer;
    private readonly long _most;
    private long _left;

    private CompileWork(CompileWork? outer, long most)
    {
        _outer = outer;
        _most = _left = most;
    }

    internal static CompileWork Begin(long most) => _current = new CompileWork(_current, most);

    /// <exception cref="GrammarLimitException">More was done than is allowed.</exception>
    internal static void Do(long steps)
    {
        if (_current is { } work && (work._left -= steps) < 0)
            throw new GrammarLimitException($"it takes more than {work._most} steps of work to compile");
    }

    /// <summary>Steps so far.</summary>
    internal long Done => _most - _left;

    /// <summary>What was done inside counts outside as well.</summary>
    public void Dispose()
    {
        _current = _outer;
        if (_outer is not null)
            _outer._left -= Done;
    }
}
