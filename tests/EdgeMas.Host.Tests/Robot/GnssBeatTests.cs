using System.Globalization;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Topics;
using EdgeMas.Devices.Chips.Gnss;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Robot;
using EdgeMas.Testing;

namespace EdgeMas.Host.Tests.Robot;

/// <summary>On a terminal of the kernel, the test playing the receiver.</summary>
public sealed class GnssBeatTests : IDisposable, IDeliverySink
{
    private static readonly RobotTopics Topics = new("yard", "rover");

    private readonly PseudoTerminal _far = new();
    private readonly InProcessBus _bus = new(TimeProvider.System);
    private volatile GnssReport? _told;
    private volatile HealthReport? _health;
    private int _second;

    public void Dispose() => _far.Dispose();

    public bool TryAccept(in Delivery delivery)
    {
        _told = delivery.Message.Data as GnssReport ?? _told;
        _health = delivery.Message.Data as HealthReport ?? _health;
        return true;
    }

    [Fact]
    public async Task Fixes_go_out_with_their_figures_and_are_kept_for_those_who_come_later()
    {
        await using var beat = Start();
        await FixAsync();

        var told = _told!;
        Assert.Equal(("satellites", 12, 0.9, 545.4, null), (told.Quality, told.Satellites, told.HorizontalDilution, told.AltitudeMeters, told.Trouble));
        Assert.Equal(48 + (7.038 / 60), told.LatitudeDegrees!.Value, 9);
        Assert.Equal(-(11 + (31.0 / 60)), told.LongitudeDegrees!.Value, 9);
        Assert.Equal(22.4 * 1852 / 3600, told.SpeedMetersPerSecond!.Value, 9);
        Assert.Equal((84.4, new DateTime(2026, 3, 23)), (told.CourseDegrees, told.Utc!.Value.Date));
        Assert.Null(beat.Trouble);
        var late = new BusQueue(1, OverflowPolicy.Refuse);
        using var subscription = _bus.Subscribe("edgemas/v1/yard/rover/position/gnss", late);
        Assert.True(late.TryRead(out var kept) && kept.Retained);
    }

    [Fact]
    public async Task A_receiver_that_loses_the_sky_has_no_position_and_says_what_to_do()
    {
        await using var beat = Start();
        await FixAsync();
        await Until.TrueAsync(() =>
        {
            Say(quality: 0);
            return _told is { Quality: "none" };
        });

        Assert.Equal((null, null), (_told!.LatitudeDegrees, _told.Satellites));
        Assert.Contains("give its antenna the sky", _told.Trouble);
        Assert.Contains("give its antenna the sky", beat.Trouble);
        await FixAsync();
        Assert.Null(beat.Trouble);
    }

    [Fact]
    public async Task A_receiver_that_is_pulled_out_is_told_with_its_port()
    {
        await using var beat = Start();
        await FixAsync();
        _far.Unplug();

        await Until.TrueAsync(() => _told is { Quality: "none", Trouble: { } trouble } && trouble.Contains(_far.Path, StringComparison.Ordinal));
        Assert.Contains(_far.Path, beat.Trouble);
    }

    [Fact]
    public async Task A_robot_without_the_receiver_that_its_file_names_runs_and_says_that_it_is_degraded()
    {
        var wiring = new GnssWiring("/dev/serial/by-id/none");
        await using var robot = await HostedRobot.StartAsync("realtime", change: configuration => configuration with { Gnss = new GnssConfiguration(new("gnss", Devices.Boards.BoardBusKind.Serial, wiring.Path, [], ""), wiring) });
        using var subscription = robot.Host.Bus.Subscribe($"{robot.Host.Topics.Root}/#", this);

        await Until.TrueAsync(() => _health?.Degraded?.Contains("GNSS receiver: /dev/serial/by-id/none", StringComparison.Ordinal) == true && _told is { Quality: "none" });
        Assert.True((await robot.OrderAsync("turn left")).Mission is not null);
    }

    private GnssBeat Start()
    {
        _bus.Subscribe(Topics.Gnss, this);
        return new GnssBeat(Topics, _bus, new GnssWiring(_far.Path) { MaxAge = TimeSpan.FromSeconds(30) }, TimeProvider.System);
    }

    /// <summary>Speaks until a moment that was told here is on the bus: opening a port throws away what came before.</summary>
    private Task FixAsync()
    {
        var first = _second + 1;
        return Until.TrueAsync(() =>
        {
            Say(quality: 1);
            return _told is { Quality: not "none", Utc: { } utc, SpeedMetersPerSecond: not null } && utc.TimeOfDay.TotalSeconds >= first;
        });
    }

    private void Say(int quality)
    {
        var time = TimeSpan.FromSeconds(++_second).ToString("hhmmss", CultureInfo.InvariantCulture);
        SayLine($"GNGGA,{time}.00,4807.03800,N,01131.00000,W,{quality},12,0.90,545.4,M,46.9,M,,");
        SayLine($"GNRMC,{time}.00,{(quality == 0 ? 'V' : 'A')},4807.03800,N,01131.00000,W,22.4,084.4,230326,,,A");
    }

    private void SayLine(string body) => _far.Send($"${body}*{body.Aggregate(0, (sum, letter) => sum ^ letter):X2}\r\n");
}
