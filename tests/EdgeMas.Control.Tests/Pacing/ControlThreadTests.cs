using EdgeMas.Control.Envelope;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Native;
using EdgeMas.Control.Pacing;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Tests.Pacing;

public sealed class ControlThreadTests
{
    [Fact]
    public async Task Ticks_come_at_the_periods_rate_and_lateness_is_counted()
    {
        var body = new StillBody();
        var loop = new ControlLoop(body, new EnvelopeOptions(), new ControlOptions(), TimeProvider.System);
        using var thread = new ControlThread(loop, TimeSpan.FromMilliseconds(2));
        var began = AbsoluteSleeper.Now();
        thread.Start();
        await Task.Run(() => AbsoluteSleeper.SleepUntil(began + 300_000_000));
        thread.Stop();
        var periods = (AbsoluteSleeper.Now() - began) / 2_000_000;

        var report = thread.Lateness;
        Assert.Equal(loop.Desk.Snapshot.Tick, report.Ticks);
        Assert.Equal(report.Ticks, report.Buckets.Sum());
        Assert.InRange(report.Ticks + report.Overruns, 10, periods); // however slow the machine: none is made up
        await thread.Completion;
        Assert.Throws<InvalidOperationException>(thread.Start);
    }

    [Theory]
    [InlineData(20, 1000, 0)] // the usual tick
    [InlineData(980, 1000, 0)]
    [InlineData(1020, 2000, 1)] // a tick at once would be two in a burst
    [InlineData(3700, 4000, 3)]
    [InlineData(-5, 1000, 0)]
    public void A_tick_is_followed_by_the_next_period_that_is_still_to_come(long now, long expected, long left)
    {
        const long due = 70_000;
        Assert.Equal(due + expected, ControlThread.NextAfter(due, due + now, period: 1000, out var missed));
        Assert.Equal(left, missed);
    }

    [Fact]
    public void Stopping_leaves_the_body_braked_and_the_emergency_stop_engaged()
    {
        var body = new StillBody();
        var loop = new ControlLoop(body, new EnvelopeOptions(), new ControlOptions(), TimeProvider.System);
        using (var thread = new ControlThread(loop))
            thread.Start();

        Assert.True(loop.Desk.EmergencyStop.IsEngaged);
        Assert.True(body.Brakes > 0);
    }

    [Fact]
    public void Counting_lateness_and_sleeping_allocate_nothing()
    {
        var histogram = new LatenessHistogram();
        AbsoluteSleeper.SleepUntil(AbsoluteSleeper.Now());

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            histogram.Add(i * 20_000L);
            AbsoluteSleeper.SleepUntil(AbsoluteSleeper.Now());
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(TimeSpan.FromMicroseconds(19_980), histogram.Read().Worst);
        Assert.Equal(9_990, histogram.Read().Percentile(0.5).TotalMicroseconds, 9_990 * 0.04);
        Assert.Equal(19_780, histogram.Read().Percentile(0.99).TotalMicroseconds, 19_780 * 0.04);
    }

    private sealed class StillBody : IDifferentialDrive
    {
        internal int Brakes { get; private set; }

        public DifferentialDriveGeometry Geometry { get; } = new(0.1, 0.4);

        public bool TryRead(out DriveSensors sensors)
        {
            sensors = new DriveSensors(TimeProvider.System.GetTimestamp(), 0, 0, 0, double.PositiveInfinity, 1);
            return true;
        }

        public bool TryDrive(double left, double right) => true;

        public void Brake() => Brakes++;
    }
}
