using System.Text.Json.Nodes;
using EdgeMas.Control.Goals;
using EdgeMas.Control.Pacing;

namespace EdgeMas.Host.Bench;

/// <summary>
/// How late the ticks of a control loop begin, in three ways in the same seconds: edgemas-control while it drives a rover, PeriodicTimer in this process, cyclictest.
/// </summary>
internal sealed class ControlBench(int seconds, int rateHz, bool load, int? processor)
{
    /// <exception cref="IOException">The core does not start.</exception>
    public async Task<JsonObject> RunAsync(CancellationToken cancellationToken)
    {
        using var robot = new BenchRobot(rateHz, processor);
        using var busy = load ? new BusyLoad() : null;
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken); // past the start of everything
        var (before, collections) = (robot.Desk.Lateness, GC.CollectionCount(0));
        using var cyclic = CyclicTest.TryStart(seconds);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(TimeSpan.FromSeconds(seconds));
        var timer = Task.Run(() => MeasureTimerAsync(ending.Token), cancellationToken);
        await ToAndFro.MoveAsync(robot.Desk, static angle => MotionGoal.Turn(angle), way: 3, ending.Token);
        cancellationToken.ThrowIfCancellationRequested();
        var core = robot.Desk.Lateness.Since(before);
        var figures = robot.Desk.Figures;
        var host = await timer;
        return new JsonObject
        {
            ["seconds"] = seconds,
            ["rate_hz"] = rateHz,
            ["load"] = load ? $"{Environment.ProcessorCount} busy threads, {GC.CollectionCount(0) - collections} collections in the host" : "none",
            ["core"] = Describe(core),
            ["periodic_timer"] = Describe(host),
            ["cyclictest"] = cyclic is null
                ? new JsonObject { ["skipped"] = "cyclictest is not installed: apt-get install --no-install-recommends rt-tests" }
                : await cyclic.ReadAsync(cancellationToken),
            ["core_process"] = new JsonObject
            {
                ["native"] = !File.Exists($"{robot.Program}.dll"),
                ["rss_mb"] = Math.Round(robot.ResidentBytes / 1e6, 1),
                ["start_to_first_tick_ms"] = Math.Round(robot.Started.TotalMilliseconds, 1),
                ["collections"] = figures.Collections,
                ["allocated_bytes"] = figures.AllocatedBytes,
                ["said"] = robot.Log,
            },
        };
    }

    /// <summary>How much longer than asked for PeriodicTimer lets a loop wait from one tick to the next. It keeps no absolute time: what it loses is not counted again.</summary>
    private async Task<LatenessReport> MeasureTimerAsync(CancellationToken cancellationToken)
    {
        var lateness = new LatenessHistogram();
        var period = TimeSpan.FromSeconds(1.0 / rateHz);
        using var timer = new PeriodicTimer(period);
        var last = TimeProvider.System.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                var now = TimeProvider.System.GetTimestamp();
                lateness.Add((long)(TimeProvider.System.GetElapsedTime(last, now) - period).TotalNanoseconds);
                last = now;
            }
        }
        catch (OperationCanceledException)
        {
            return lateness.Read();
        }
        return lateness.Read();
    }

    internal static JsonObject Describe(LatenessReport report) => new()
    {
        ["p50_us"] = Microseconds(report.Percentile(0.5)),
        ["p99_us"] = Microseconds(report.Percentile(0.99)),
        ["p999_us"] = Microseconds(report.Percentile(0.999)),
        ["max_us"] = Microseconds(report.Worst),
        ["ticks"] = report.Ticks,
        ["overruns"] = report.Overruns,
    };

    private static double Microseconds(TimeSpan time) => Math.Round(time.TotalMicroseconds, 1);
}
