using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Topics;
using EdgeMas.Devices.Chips.Gnss;

namespace EdgeMas.Host.Robot;

/// <summary>Tells a satellite receiver's fixes on <c>position/gnss</c>, retained. A receiver that is missing stops nothing: it is told, and looked for again. Runs until disposed.</summary>
internal sealed class GnssBeat : IAsyncDisposable
{
    private const string NoFix = "no fix: the receiver speaks, and knows no position or repeats an old one: give its antenna the sky";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    private readonly RobotTopics _topics;
    private readonly IBus _bus;
    private readonly TimeProvider _time;
    private readonly GnssWatch _watch;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _beating;

    /// <param name="wiring">Its port need not be there yet.</param>
    public GnssBeat(RobotTopics topics, IBus bus, GnssWiring wiring, TimeProvider time)
    {
        (_topics, _bus, _time) = (topics, bus, time);
        _watch = new GnssWatch(wiring, time);
        _watch.Start();
        _beating = BeatAsync();
    }

    /// <summary>Why there is no fix now, for the robot's health; null where there is one. Any thread.</summary>
    public string? Trouble => _watch.Trouble ?? (_watch.TryGetFix(out _) ? null : NoFix);

    /// <summary>That came since the start. Any thread.</summary>
    public long Bytes => _watch.Bytes;

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _beating;
        _ending.Dispose();
        _watch.Dispose();
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(Look, _time);
        GnssReport? last = null;
        var told = _time.GetTimestamp();
        try
        {
            do
            {
                var report = Describe();
                if (report == last && _time.GetElapsedTime(told) < Quiet)
                    continue;
                (last, told) = (report, _time.GetTimestamp());
                var message = new Message { Id = MessageIds.Next(), Source = "/host", Type = MessageTypes.GnssReport, Time = _time.GetUtcNow(), Data = report, Priority = MessagePriority.Background };
                _bus.Publish(_topics.Gnss, message, retain: true);
            }
            while (await timer.WaitForNextTickAsync(_ending.Token));
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            // the robot ends
        }
    }

    private GnssReport Describe()
    {
        var trouble = _watch.Trouble;
        if (trouble is not null || !_watch.TryGetFix(out var fix))
            return new GnssReport(Word(GnssFixKind.None), Trouble: trouble ?? NoFix);
        return new GnssReport(
            Word(fix.Kind), fix.LatitudeDegrees, fix.LongitudeDegrees, fix.AltitudeMeters, fix.Satellites, fix.HorizontalDilution, fix.SpeedMetersPerSecond, fix.CourseDegrees, fix.Utc);
    }

    private static string Word(GnssFixKind kind) => kind switch
    {
        GnssFixKind.None => "none",
        GnssFixKind.Satellites => "satellites",
        GnssFixKind.Differential => "differential",
        GnssFixKind.Precise => "precise",
        GnssFixKind.RtkFixed => "rtk_fixed",
        GnssFixKind.RtkFloat => "rtk_float",
        GnssFixKind.Estimated => "estimated",
        GnssFixKind.Manual => "manual",
        GnssFixKind.Simulated => "simulated",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
