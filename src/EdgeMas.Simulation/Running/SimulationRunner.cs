using EdgeMas.Simulation.Clock;
using EdgeMas.Simulation.World;

namespace EdgeMas.Simulation.Running;

/// <summary>
/// Drives a world, its control loop and its clock from one thread of its own. Every step: the world moves, the control loop ticks, the clock advances.
/// </summary>
/// <remarks>
/// <para>Pace: up to real time (<see cref="VirtualClock.Speed"/> 1 or below) steps follow the system's monotonic clock and wait for nobody. Faster, a step that fired timers
/// waits until their callbacks have returned, so an agent that wakes, looks and goes back to waiting is never overtaken. As fast as possible, steps follow each other
/// without a pause while <c>busy</c> says that something moves, else at <see cref="SimulationOptions.IdleSpeed"/>; and a step yields while the thread pool has
/// work queued. A held clock (<see cref="VirtualClock.Hold"/>) stops the steps altogether.</para>
/// <para>When the machine cannot keep up, lost real time is not made up by a burst.</para>
/// </remarks>
public sealed class SimulationRunner : IDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);

    private readonly Action<TimeSpan> _world;
    private readonly VirtualClock _clock;
    private readonly Action _tick;
    private readonly Func<bool> _busy;
    private readonly SimulationOptions _options;
    private readonly TimeProvider _system;
    private readonly ManualResetEventSlim _stopping = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Thread? _thread;
    private double _pace;
    private long _paceStart;
    private TimeSpan _paceTime;
    private long _steps;

    /// <param name="tick">The control loop's tick; runs on the runner's thread.</param>
    /// <param name="busy">Says whether something moves; asked once a step. Null: always.</param>
    /// <param name="system">Real time; null for the system's.</param>
    public SimulationRunner(
        YardWorld world, VirtualClock clock, Action tick, Func<bool>? busy = null, SimulationOptions? options = null, TimeProvider? system = null)
        : this(world.Step, clock, tick, busy, options, system)
    {
    }

    /// <param name="world">Moves the world on by a slice of virtual time; runs on the runner's thread, like <paramref name="tick"/>.</param>
    public SimulationRunner(
        Action<TimeSpan> world, VirtualClock clock, Action tick, Func<bool>? busy = null, SimulationOptions? options = null, TimeProvider? system = null)
    {
        _world = world;
        _clock = clock;
        _tick = tick;
        _busy = busy ?? (static () => true);
        _options = options ?? new SimulationOptions();
        _options.Check();
        _system = system ?? TimeProvider.System;
    }

    /// <summary>Ends when the runner was stopped; fails with what the world or the tick threw.</summary>
    public Task Completion => _completion.Task;

    public long Steps => Volatile.Read(ref _steps);

    /// <exception cref="InvalidOperationException">It was started before: a runner runs once.</exception>
    public void Start()
    {
        if (_thread is not null)
            throw new InvalidOperationException("this simulation was started before; make a new runner");
        _thread = new Thread(Run) { Name = "simulation", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Returns when the thread has ended. Any thread but the runner's own.</summary>
    /// <exception cref="TimeoutException">A tick does not return.</exception>
    public void Stop()
    {
        _stopping.Set();
        if (_thread is null)
            _completion.TrySetResult();
        else if (!_thread.Join(StopLimit))
            throw new TimeoutException($"the simulation's thread did not end within {StopLimit.TotalSeconds:0} s: its tick does not return");
    }

    public void Dispose() => Stop();

    private void Run()
    {
        try
        {
            while (!_stopping.IsSet)
            {
                if (_clock.IsHeld)
                {
                    _clock.WaitWhileHeld(Patience);
                    _pace = 0; // the time of holding is not made up
                    continue;
                }
                StepOnce();
                Pace();
            }
            _completion.TrySetResult();
        }
        catch (Exception error)
        {
            _completion.TrySetException(error); // the owner of the runner decides; the body's own time limit stops its wheels
        }
    }

    private void StepOnce()
    {
        var fast = _clock.Speed > 1;
        _world(_options.Step);
        _tick();
        _clock.Advance(_options.Step, fast ? _options.SettleLimit : TimeSpan.Zero);
        if (fast)
            _clock.Settle(_options.SettleLimit); // what an earlier step fired may still be waiting for a thread
        Volatile.Write(ref _steps, _steps + 1);
        if (double.IsPositiveInfinity(_clock.Speed))
            YieldToPool();
    }

    private void YieldToPool()
    {
        if (ThreadPool.PendingWorkItemCount == 0)
            return;
        var began = _system.GetTimestamp();
        while (ThreadPool.PendingWorkItemCount > 0 && _system.GetElapsedTime(began) < _options.PoolLimit && !_stopping.IsSet)
            Thread.Yield();
    }

    private void Pace()
    {
        var speed = _clock.Speed;
        if (double.IsPositiveInfinity(speed) && !_busy())
            speed = _options.IdleSpeed;
        if (double.IsPositiveInfinity(speed))
        {
            _pace = 0;
            return;
        }
        var now = _system.GetTimestamp();
        if (speed != _pace)
            StartPacing(speed, now);
        var ahead = ((_clock.Elapsed - _paceTime) / speed) - _system.GetElapsedTime(_paceStart, now);
        if (ahead >= TimeSpan.FromMilliseconds(1))
            _stopping.Wait(ahead);
        else if (ahead < -5 * _options.Step)
            StartPacing(speed, now);
    }

    private void StartPacing(double speed, long now)
    {
        _pace = speed;
        _paceStart = now;
        _paceTime = _clock.Elapsed;
    }
}
