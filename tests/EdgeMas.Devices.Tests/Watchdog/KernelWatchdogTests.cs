using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Watchdog;

namespace EdgeMas.Devices.Tests.Watchdog;

/// <summary>What needs no watchdog; the rest runs in the simulated board (<c>edgemas hil run watchdog</c>).</summary>
public sealed class KernelWatchdogTests
{
    [Fact]
    public void A_file_that_is_no_watchdog_is_told_as_such() =>
        Assert.Contains("it is no watchdog", Assert.Throws<DeviceException>(() => KernelWatchdog.Open(TimeSpan.FromSeconds(5), "/dev/null")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_one_says_which_driver_to_load() =>
        Assert.Contains("modprobe softdog", KernelWatchdog.Trouble("/dev/watchdog99")!.Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    public void A_timeout_that_nothing_can_count_is_refused_before_it_is_opened(double seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => KernelWatchdog.Open(TimeSpan.FromSeconds(seconds), "/dev/null"));
}
