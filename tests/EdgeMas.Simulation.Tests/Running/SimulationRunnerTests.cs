using EdgeMas.Simulation.Clock;
using EdgeMas.Simulation.Description;
using EdgeMas.Simulation.Running;
using EdgeMas.Simulation.World;

namespace EdgeMas.Simulation.Tests.Running;

public sealed class SimulationRunnerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly VirtualClock _clock = new();
    private readonly YardWorld _world = new(WorldDescription.Yard());

    [Fact]
    public async Task As_fast_as_possible_a_virtual_hour_takes_seconds()
    {
        _clock.Speed = double.PositiveInfinity;
        using var runner = new SimulationRunner(_world, _clock, () => { });
        var hour = Task.Delay(TimeSpan.FromHours(1), _clock, TestContext.Current.CancellationToken);

        runner.Start();
        await hour.WaitAsync(Limit);

        runner.Stop();
        await runner.Completion;
        Assert.InRange(_world.State.Seconds, 3600, double.PositiveInfinity);
        Assert.Equal(_world.State.Seconds, _clock.Elapsed.TotalSeconds, 1e-3);
    }

    [Fact]
    public async Task In_real_time_virtual_time_never_runs_ahead()
    {
        var real = TimeProvider.System.GetTimestamp();
        using var runner = new SimulationRunner(_world, _clock, () => { });
        runner.Start();
        await Task.Delay(TimeSpan.FromMilliseconds(300), _clock, TestContext.Current.CancellationToken).WaitAsync(Limit);
        var elapsed = TimeProvider.System.GetElapsedTime(real);

        Assert.True(elapsed >= TimeSpan.FromMilliseconds(280), $"300 ms of virtual time took {elapsed.TotalMilliseconds:0} ms");
    }

    [Fact]
    public async Task While_nothing_moves_time_goes_no_faster_than_the_idle_speed()
    {
        _clock.Speed = double.PositiveInfinity;
        var real = TimeProvider.System.GetTimestamp();
        using var runner = new SimulationRunner(_world, _clock, () => { }, () => false, new SimulationOptions { IdleSpeed = 5 });
        runner.Start();
        await Task.Delay(TimeSpan.FromSeconds(1), _clock, TestContext.Current.CancellationToken).WaitAsync(Limit);

        Assert.True(TimeProvider.System.GetElapsedTime(real) >= TimeSpan.FromMilliseconds(190));
    }

    [Fact]
    public async Task A_held_clock_stands_still_until_it_is_released()
    {
        _clock.Speed = double.PositiveInfinity;
        using var runner = new SimulationRunner(_world, _clock, () => { });
        runner.Start();
        long held;
        using (_clock.Hold())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System); // a step that had begun ends
            held = runner.Steps;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            Assert.Equal(held, runner.Steps);
        }
        await Task.Delay(TimeSpan.FromSeconds(1), _clock, TestContext.Current.CancellationToken).WaitAsync(Limit);

        Assert.True(runner.Steps > held);
    }

    [Fact]
    public async Task An_agent_that_looks_every_hundred_milliseconds_is_never_overtaken()
    {
        _clock.Speed = double.PositiveInfinity;
        using var runner = new SimulationRunner(_world, _clock, () => { });
        var late = 0.0;
        var watching = WatchAsync();
        runner.Start();
        await watching.WaitAsync(Limit);

        Assert.Equal(0, late, 1e-6);

        async Task WatchAsync()
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), _clock);
            var expected = _clock.Elapsed;
            for (var i = 0; i < 500; i++)
            {
                late = Math.Max(late, (_clock.Elapsed - expected).TotalMilliseconds);
                expected = _clock.Elapsed + TimeSpan.FromMilliseconds(100);
                Thread.SpinWait(20_000); // it thinks; virtual time waits
                await Task.Delay(TimeSpan.FromMilliseconds(100), _clock);
            }
        }
    }

    [Fact]
    public async Task What_a_tick_throws_ends_the_run_and_is_not_lost()
    {
        using var runner = new SimulationRunner(_world, _clock, () => throw new InvalidOperationException("the tick broke"));
        runner.Start();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => runner.Completion.WaitAsync(Limit));

        Assert.Equal("the tick broke", error.Message);
    }

    [Fact]
    public async Task A_runner_runs_once_and_may_be_stopped_before_it_began()
    {
        var unstarted = new SimulationRunner(_world, _clock, () => { });
        unstarted.Dispose();
        await unstarted.Completion;

        using var runner = new SimulationRunner(_world, _clock, () => { });
        runner.Start();
        Assert.Throws<InvalidOperationException>(runner.Start);
        runner.Stop();
        runner.Stop();
        await runner.Completion;
    }
}
