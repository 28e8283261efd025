using EdgeMas.Control.Loop;
using EdgeMas.Control.Native;
using EdgeMas.Control.Sharing;
using EdgeMas.Control.Stopping;
using EdgeMas.Control.Vehicles;

namespace EdgeMas.Control.Pacing;

/// <summary>Ticks a control loop in real time, on a thread of its own: for hardware. A simulation ticks its loop itself.</summary>
/// <remarks>Periods follow the monotonic clock's absolute time; a period that was missed is left out and counted, never made up by a burst. Linux only.</remarks>
public sealed class ControlThread : IDisposable
{
    private const int StackBytes = 256 * 1024;
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(2);

    private readonly SharedMemory<CoreLayout> _memory;
    private readonly Action _tick;
    private readonly EmergencyStop _stop;
    private readonly long _period;
    private readonly RealtimeOptions? _realtime;
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<IReadOnlyList<string>> _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Thread? _thread;
    private volatile bool _stopping;

    /// <param name="period">Null for 10 ms; at least 1 ms.</param>
    /// <param name="realtime">Null for a thread like any other.</param>
    public ControlThread(ControlLoop loop, TimeSpan? period = null, RealtimeOptions? realtime = null)
        : this(loop.Memory, loop.Tick, loop.Stop, period, realtime)
    {
    }

    internal ControlThread(SharedMemory<CoreLayout> memory, Action tick, EmergencyStop stop, TimeSpan? period, RealtimeOptions? realtime)
    {
        var span = period ?? TimeSpan.FromMilliseconds(10);
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.FromMilliseconds(1), nameof(period));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(span, TimeSpan.FromSeconds(1), nameof(period));
        realtime?.Check();
        (_memory, _tick, _stop) = (memory, tick, stop);
        _period = (long)span.TotalNanoseconds;
        _realtime = realtime;
    }

    /// <summary>How late the ticks began.</summary>
    public LatenessReport Lateness => _memory.Value.Lateness.Read();

    /// <summary>Bytes that ticks allocated after the first one: 0 where all is well.</summary>
    public long AllocatedBytes => Volatile.Read(ref _memory.Value.State.AllocatedBytes);

    /// <summary>Ends when the thread was stopped; fails when it could not go on.</summary>
    public Task Completion => _completion.Task;

    /// <summary>What the system refused of the real-time options, one line each; known when the first tick begins.</summary>
    public Task<IReadOnlyList<string>> Refused => _entered.Task;

    /// <summary>For a vehicle beside the rover.</summary>
    /// <inheritdoc cref="ControlThread(ControlLoop, TimeSpan?, RealtimeOptions?)"/>
    public static ControlThread For<TGoal, TBody>(VehicleLoop<TGoal, TBody> loop, TimeSpan? period = null, RealtimeOptions? realtime = null)
        where TGoal : unmanaged
        where TBody : unmanaged => new(loop.Memory, loop.Tick, loop.Stop, period, realtime);

    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public void Start()
    {
        if (_thread is not null)
            throw new InvalidOperationException("this control thread was started before; make a new one");
        _thread = new Thread(Run, StackBytes) { Name = "control", IsBackground = true, Priority = ThreadPriority.Highest };
        _thread.Start();
    }

    /// <summary>Ends the ticks and leaves the body braked, with the emergency stop engaged: nobody watches over it any more.</summary>
    /// <exception cref="TimeoutException">A tick does not return.</exception>
    public void Stop()
    {
        _stopping = true;
        if (_thread is null)
            _completion.TrySetResult();
        else if (!_thread.Join(StopLimit))
            throw new TimeoutException($"the control thread did not end within {StopLimit.TotalSeconds:0} s: a tick does not return");
    }

    public void Dispose() => Stop();

    private void Run()
    {
        try
        {
            _entered.TrySetResult(_realtime is null ? [] : RealtimeThread.Enter(_realtime.Priority, _realtime.Processor));
            Tick();
            _stop.Engage(EStopReason.Shutdown);
            _completion.TrySetResult();
        }
        catch (Exception error)
        {
            _stop.Engage(EStopReason.Shutdown);
            _entered.TrySetException(error);
            _completion.TrySetException(error);
        }
    }

    private void Tick()
    {
        ref var lateness = ref _memory.Value.Lateness;
        ref var state = ref _memory.Value.State;
        var next = AbsoluteSleeper.Now() + _period;
        var (allocated, collections) = (0L, 0L);
        var isFirst = true;
        while (!_stopping)
        {
            AbsoluteSleeper.SleepUntil(next);
            lateness.Add(AbsoluteSleeper.Now() - next);
            _tick();
            if (isFirst)
            {
                (isFirst, allocated, collections) = (false, GC.GetAllocatedBytesForCurrentThread(), GC.CollectionCount(0));
                Volatile.Write(ref state.FirstTickAt, next);
            }
            Volatile.Write(ref state.LastTickAt, next);
            Volatile.Write(ref state.AllocatedBytes, GC.GetAllocatedBytesForCurrentThread() - allocated);
            Volatile.Write(ref state.Collections, GC.CollectionCount(0) - collections);
            next = NextAfter(next, AbsoluteSleeper.Now(), _period, out var missed);
            if (missed > 0)
                lateness.AddOverruns(missed);
        }
    }

    /// <summary>The first period's beginning that is still to come.</summary>
    /// <param name="due">When the tick that just ended should have begun; all in nanoseconds on one clock.</param>
    /// <param name="missed">Beginnings between the two that have passed.</param>
    internal static long NextAfter(long due, long now, long period, out long missed)
    {
        missed = Math.Max(0, (now - due) / period);
        return due + ((missed + 1) * period);
    }
}
