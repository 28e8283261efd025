using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Watchdog;

namespace EdgeMas.Host.Hil.Suites;

/// <summary>The kernel's watchdog. That it restarts a board whose program hangs is the kernel's own work, and would end the suite: here is seen that the driver keeps it from that.</summary>
internal sealed class WatchdogSuite : HilSuite
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private FileStream? _other;

    public override string Name => "watchdog";

    public override string Description => "The kernel's watchdog: timeout, feeding past it, one holder only, stopped when closed";

    public override double UsualSeconds => 5;

    public override IReadOnlyList<HilCase> Cases =>
    [
        new("a timeout is taken in whole seconds", _ =>
        {
            using var watchdog = KernelWatchdog.Open(TimeSpan.FromMilliseconds(4200));
            HilBench.Equal(TimeSpan.FromSeconds(5), watchdog.Timeout, "timeout");
            HilBench.True(watchdog.CanBeStopped && watchdog.Identity.Length > 0, "it tells its name and that it can be stopped");
        }),
        new("fed, the board runs on past the timeout", bench =>
        {
            using var watchdog = KernelWatchdog.Open(Shortest);
            var started = bench.Time.GetTimestamp();
            while (bench.Time.GetElapsedTime(started) < 2.5 * Shortest)
            {
                watchdog.Feed();
                HilBench.Pause(TimeSpan.FromMilliseconds(100));
            }
        }),
        new("closed, it is stopped", _ =>
        {
            KernelWatchdog.Open(Shortest).Dispose();
            HilBench.Pause(2.5 * Shortest);
        }),
        new("a second holder is refused", _ =>
        {
            using var watchdog = KernelWatchdog.Open(TimeSpan.FromSeconds(30));
            HilBench.Throws<DeviceException>(() => KernelWatchdog.Open(TimeSpan.FromSeconds(30)).Dispose(), KernelWatchdog.DefaultPath, "another program holds it");
        }),
        new("more than it can count is an error", _ =>
            HilBench.Throws<DeviceException>(() => KernelWatchdog.Open(TimeSpan.FromDays(1)).Dispose(), "86400 s", "give less")),
    ];

    public override IReadOnlyList<HilFault> Faults =>
    [
        new("watchdog-held", _ => _other = new FileStream(KernelWatchdog.DefaultPath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0)),
    ];

    public override void TearDown()
    {
        _other?.Write("V"u8); // stops it
        _other?.Dispose();
        _other = null;
    }
}
