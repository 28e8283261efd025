using EdgeMas.Control.Loop;
using EdgeMas.Control.Native;
using EdgeMas.Control.Stopping;

namespace EdgeMas.Control.Pacing;

/// <summary>Ticks a control loop in real time, on a thread of its own: for hardware. A simulation ticks its loop itself.</summary>
/// <remarks>Periods follow the monotonic clock's absolute time; a period that was missed is left out and counted, never made up by a burst. Linux only.</remarks>
public sealed class ControlThread : IDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(2);

    private readonly ControlLoop _loop;
    private readonly long _period;
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Thread? _thread;
    private volatile bool _stopping;

    /// <param name="period">Null for 10 ms; at least 1 ms.</param>
    public ControlThread(ControlLoop loop, TimeSpan? period = null)
    {
        var span = period ?? TimeSpan.FromMilliseconds(10);
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.FromMilliseconds(1), nameof(period));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(span, TimeSpan.FromSeconds(1), nameof(period));
        _loop = loop;
        _period = (long)span.TotalNanoseconds;
    }

    /// <summary>How late the ticks began.</summary>
    public LatenessHistogram Lateness { get; } = new();

    /// <summary>Ends when the thread was stopped; fails when it could not go on.</summary>
    public Task Completion => _completion.Task;

    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public void Start()
    {
        if (_thread is not null)
            throw new InvalidOperationException("this control thread was started before; make a new one");
        _thread = new Thread(Run) { Name = "control", IsBackground = true, Priority = ThreadPriority.Highest };
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
            var next = AbsoluteSleeper.Now() + _period;
            while (!_stopping)
            {
                AbsoluteSleeper.SleepUntil(next);
                Lateness.Add(AbsoluteSleeper.Now() - next);
                _loop.Tick();
                next += _period;
                var missed = (AbsoluteSleeper.Now() - next) / _period;
                if (missed > 0)
                {
                    Lateness.AddOverruns(missed);
                    next += missed * _period;
                }
            }
            _loop.EmergencyStop.Engage(EStopReason.Shutdown);
            _completion.TrySetResult();
        }
        catch (Exception error)
        {
            _loop.EmergencyStop.Engage(EStopReason.Shutdown);
            _completion.TrySetException(error);
        }
    }
}
