using EdgeMas.Devices.Native;
using static EdgeMas.Devices.Native.TtyUapi;

namespace EdgeMas.Devices.Tests.Native;

public sealed unsafe class TtyUapiTests
{
    [Fact]
    public Task Structs_and_numbers_are_those_of_the_kernels_header() => KernelHeader.AgreesAsync(
        ["asm/termbits.h", "asm/ioctls.h", "sys/ioctl.h"],
        [
            ("sizeof(struct termios2)", KernelHeader.SizeOf<termios2>()),
            ("offsetof(struct termios2, c_cc)", KernelHeader.OffsetOf((ref termios2 value) => ref value.c_cc[0])),
            ("offsetof(struct termios2, c_ospeed)", KernelHeader.OffsetOf((ref termios2 value) => ref value.c_ospeed)),
            ("NCCS", NCCS),
            ("TIOCMGET", TIOCMGET),
            ("TCFLSH", TCFLSH),
            ("TCIFLUSH", TCIFLUSH),
            ("TCGETS2", TCGETS2),
            ("TIOCGEXCL", TIOCGEXCL),
        ]);

    [Fact]
    public Task Numbers_of_files_are_those_of_the_kernels_header() => KernelHeader.AgreesAsync(
        ["fcntl.h", "poll.h", "sys/file.h"],
        [
            ("O_NOCTTY", Libc.O_NOCTTY),
            ("POLLOUT", Libc.POLLOUT),
            ("POLLERR", Libc.POLLERR),
            ("POLLHUP", Libc.POLLHUP),
            ("LOCK_EX", Libc.LOCK_EX),
            ("LOCK_NB", Libc.LOCK_NB),
        ]);
}
