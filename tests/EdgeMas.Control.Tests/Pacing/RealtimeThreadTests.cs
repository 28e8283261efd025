using EdgeMas.Control.Pacing;

namespace EdgeMas.Control.Tests.Pacing;

public sealed class RealtimeThreadTests
{
    [Theory]
    [InlineData("7fcbc2f1c000-7fcbc3072000 r-xp 00026000 fe:00 332096                     /usr/lib/x86_64-linux-gnu/libc.so.6", 0x7fcbc2f1c000, 0x7fcbc3072000)]
    [InlineData("7f1000-7f2000 rw-s 00000000 00:01 2076 /memfd:double mapper (deleted)", 0x7f1000, 0x7f2000)]
    public void A_readable_part_of_a_file_is_locked(string line, long from, long to)
    {
        Assert.True(RealtimeThread.TryReadMapping(line, out var first, out var end));
        Assert.Equal((from, to), (first, end));
    }

    [Theory]
    [InlineData("7f69f4021000-7f69f8000000 ---p 00000000 00:00 0 ")]
    [InlineData("7f6a03011000-7f6a04000000 ---p 00001000 fe:00 332096 /usr/lib/libgap.so")]
    [InlineData("7ffd1c2f0000-7ffd1c311000 rw-p 00000000 00:00 0                          [stack]")]
    [InlineData("")]
    public void Gaps_and_memory_without_a_file_are_not(string line) => Assert.False(RealtimeThread.TryReadMapping(line, out _, out _));

    [Fact]
    public void Every_line_of_this_process_is_understood()
    {
        var lines = File.ReadAllLines("/proc/self/maps").Where(line => line.Contains(" r", StringComparison.Ordinal) && line.Contains(" /", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.True(RealtimeThread.TryReadMapping(line, out var from, out var to) && to > from, line));
    }
}
