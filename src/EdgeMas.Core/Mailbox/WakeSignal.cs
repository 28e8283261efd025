using System.Threading.Tasks.Sources;

namespace EdgeMas.Core.Mailbox;

/// <summary>
/// Wakes one waiter, without allocating: a signal that comes while nobody waits is kept for the next wait, and several count as one.
/// <see cref="Set"/> from any thread; one waiter at a time.
/// </summary>
internal sealed class WakeSignal : IValueTaskSource
{
    private const int Idle = 0;
    private const int Signalled = 1;
    private const int Waiting = 2;

    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };
    private int _state;

    internal void Set()
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if (state == Signalled)
                return;
            if (Interlocked.CompareExchange(ref _state, state == Waiting ? Idle : Signalled, state) != state)
                continue;
            if (state == Waiting)
                _core.SetResult(true);
            return;
        }
    }

    internal ValueTask WaitAsync()
    {
        _core.Reset();
        if (Interlocked.CompareExchange(ref _state, Waiting, Idle) == Idle)
            return new ValueTask(this, _core.Version);
        Volatile.Write(ref _state, Idle); // it was signalled, and only the waiter takes a signal back
        return ValueTask.CompletedTask;
    }

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
