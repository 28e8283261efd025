using EdgeMas.Control.Native;
using EdgeMas.Control.Pacing;
using EdgeMas.Control.Sharing;

namespace EdgeMas.Control.Stopping;

/// <summary>
/// Stops the core's body the moment that another process engages the emergency stop, between two ticks as well: a thread that does nothing but sleep on the latch.
/// </summary>
public sealed class StopWatcher : IDisposable
{
    private const int StackBytes = 128 * 1024;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly SharedMemory<CoreLayout> _memory;
    private readonly Action _halt;
    private readonly Thread _thread;
    private volatile bool _stopping;

    /// <param name="halt">Brings the body to its emergency stop's state, from any thread.</param>
    /// <param name="priority">SCHED_FIFO, above the control thread's; 0 for the usual scheduling.</param>
    internal StopWatcher(SharedMemory<CoreLayout> memory, Action halt, int priority)
    {
        (_memory, _halt) = (memory, halt);
        _thread = new Thread(() => Run(priority), StackBytes) { Name = "e-stop", IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        _stopping = true;
        Interlocked.Increment(ref _memory.Value.Stop.Wake);
        Futex.Wake(ref _memory.Value.Stop.Wake);
        _thread.Join();
    }

    private void Run(int priority)
    {
        RealtimeThread.Enter(priority, processor: null); // what is refused here is refused to the control thread too, which tells it
        ref var latch = ref _memory.Value.Stop;
        while (!_stopping)
        {
            var seen = Volatile.Read(ref latch.Wake);
            if (Volatile.Read(ref latch.Reason) != (int)EStopReason.None)
                _halt();
            Futex.Wait(ref latch.Wake, seen, Look);
        }
    }
}
