namespace EdgeMas.Simulation.Clock;

/// <summary>One timer of a <see cref="VirtualClock"/>. It is its own work item, so firing allocates nothing.</summary>
internal sealed class VirtualTimer(VirtualClock clock, TimerCallback callback, object? state) : ITimer, IThreadPoolWorkItem
{
    private readonly ExecutionContext? _context = ExecutionContext.Capture();

    /// <summary>Virtual ticks at which it fires next; guarded by the clock, as are the members below.</summary>
    internal long Due { get; set; }

    internal long Order { get; set; }

    /// <summary>Ticks between firings; 0 for a single one.</summary>
    internal long Period { get; set; }

    /// <summary>−1 while it is not armed.</summary>
    internal int HeapIndex { get; set; } = -1;

    internal bool IsDisposed { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period) => clock.Arm(this, dueTime, period);

    public void Execute()
    {
        try
        {
            if (_context is null)
                callback(state);
            else
                ExecutionContext.Run(_context, static timer => ((VirtualTimer)timer!).Invoke(), this);
        }
        finally
        {
            clock.CallbackEnded();
        }
    }

    public void Dispose() => clock.Disarm(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Invoke() => callback(state);
}
