using static EdgeMas.Devices.Native.WatchdogUapi;

namespace EdgeMas.Devices.Tests.Native;

public sealed unsafe class WatchdogUapiTests
{
    [Fact]
    public Task Structs_and_numbers_are_those_of_the_kernels_header() => KernelHeader.AgreesAsync(
        ["sys/ioctl.h", "linux/watchdog.h"],
        [
            ("sizeof(struct watchdog_info)", KernelHeader.SizeOf<watchdog_info>()),
            ("offsetof(struct watchdog_info, identity)", KernelHeader.OffsetOf((ref watchdog_info value) => ref value.identity[0])),
            ("WDIOC_GETSUPPORT", WDIOC_GETSUPPORT),
            ("WDIOC_KEEPALIVE", WDIOC_KEEPALIVE),
            ("WDIOC_SETTIMEOUT", WDIOC_SETTIMEOUT),
            ("WDIOF_SETTIMEOUT", WDIOF_SETTIMEOUT),
            ("WDIOF_MAGICCLOSE", WDIOF_MAGICCLOSE),
        ]);
}
