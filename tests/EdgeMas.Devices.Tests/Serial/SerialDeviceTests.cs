using System.Diagnostics;
using System.Text;
using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Native;
using EdgeMas.Devices.Serial;
using EdgeMas.Testing;

namespace EdgeMas.Devices.Tests.Serial;

/// <summary>On a terminal of the kernel.</summary>
public sealed class SerialDeviceTests : IDisposable
{
    private static readonly TimeSpan Patience = Until.Patience;
    private readonly PseudoTerminal _far = new();

    public void Dispose() => _far.Dispose();

    [Fact]
    public void Bytes_pass_unchanged_in_both_directions()
    {
        using var device = SerialDevice.Open(_far.Path);
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)]; // with those that a terminal would make something of: ^C, ^D, CR, LF, XON, XOFF
        _far.Send(all);
        var received = new byte[all.Length];
        for (var count = 0; count < received.Length;)
            count += NotZero(device.Read(received.AsSpan(count), Patience));
        device.Write("a\r\n"u8, Patience);

        Assert.Equal(all, received);
        Assert.Equal("a\r\n", _far.Receive());
    }

    [Fact]
    public void A_port_starts_without_input_from_before()
    {
        using (SerialDevice.Open(_far.Path))
            _far.Send("old");
        using var device = SerialDevice.Open(_far.Path);
        _far.Send("new");
        var bytes = new byte[16];

        Assert.Equal("new", Encoding.ASCII.GetString(bytes, 0, device.Read(bytes, Patience)));
    }

    [Fact]
    public void A_wait_ends_with_its_time_or_its_cancellation_and_the_next_one_works()
    {
        using var device = SerialDevice.Open(_far.Path);
        var bytes = new byte[16];
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        Assert.Equal(0, device.Read(bytes, TimeSpan.FromMilliseconds(20)));
        Assert.Throws<OperationCanceledException>(() => device.Read(bytes, Timeout.InfiniteTimeSpan, stop.Token));
        _far.Send("x");
        Assert.Equal(1, device.Read(bytes, Patience));
    }

    [Fact]
    public void A_port_is_this_programs_alone_even_for_root_and_the_error_names_who_has_it()
    {
        using (SerialDevice.Open(_far.Path))
        {
            var error = Assert.Throws<DeviceException>(() => SerialDevice.Open(_far.Path).Dispose());

            Assert.Equal(Errno.EBUSY, error.ErrorNumber);
            Assert.Contains("this program itself", error.Message, StringComparison.Ordinal);
            Assert.Contains(_far.Path, error.Message, StringComparison.Ordinal);
        }
        SerialDevice.Open(_far.Path).Dispose(); // free again
    }

    [Fact]
    public async Task Another_program_that_locks_the_port_is_named()
    {
        using var other = Process.Start(new ProcessStartInfo("flock", ["--exclusive", _far.Path, "sh", "-c", "echo locked; cat"]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        try
        {
            Assert.Equal("locked", await other.StandardOutput.ReadLineAsync(Until.Deadline()));
            var error = Assert.Throws<DeviceException>(() => SerialDevice.Open(_far.Path).Dispose());

            Assert.Equal(Errno.EBUSY, error.ErrorNumber);
            Assert.Contains($"'flock' (process {other.Id})", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            other.StandardInput.Close();
            await other.WaitForExitAsync(Until.Deadline());
        }
    }

    [Fact]
    public void Another_program_that_took_the_port_by_TIOCEXCL_only_keeps_it()
    {
        var letGo = PseudoTerminal.TakeAsOthersDo(_far.Path);
        Assert.Equal(Errno.EBUSY, Assert.Throws<DeviceException>(() => SerialDevice.Open(_far.Path).Dispose()).ErrorNumber);

        letGo();
        SerialDevice.Open(_far.Path).Dispose();
    }

    [Fact]
    public void A_missing_port_says_how_this_board_enables_it()
    {
        var error = Assert.Throws<DeviceException>(() => SerialDevice.Open("/dev/ttyAMA99", enable: "add 'dtoverlay=uart99'").Dispose());

        Assert.StartsWith("/dev/ttyAMA99: cannot be opened: this board has no such device", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("add 'dtoverlay=uart99'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/dev/zero")]
    public void What_is_no_serial_port_is_told_as_such(string path) =>
        Assert.Contains("it is no serial port", Assert.Throws<DeviceException>(() => SerialDevice.Open(path).Dispose()).Message, StringComparison.Ordinal);

    [Fact]
    public void A_port_without_permission_names_the_group_dialout_and_a_rule()
    {
        var error = DeviceNode.CannotOpen("/dev/null", DeviceKind.Serial, Errno.EACCES); // root's

        Assert.Contains("usermod -aG dialout", error.Message, StringComparison.Ordinal);
        Assert.Contains("SUBSYSTEM==\"tty\", KERNEL==\"tty[A-Z]*[0-9]\", GROUP=\"dialout\", MODE=\"0660\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_adapter_that_is_unplugged_ends_a_wait_and_each_later_call_with_one_kind_of_error()
    {
        using var device = SerialDevice.Open(_far.Path);
        var pull = new Thread(() =>
        {
            Thread.Yield();
            _far.Unplug();
        }) { IsBackground = true };
        pull.Start();
        var error = Assert.Throws<DeviceException>(() =>
        {
            while (device.Read(new byte[16], Patience) == 0)
            {
            }
        });
        pull.Join();

        Assert.Contains("unplugged", error.Message, StringComparison.Ordinal);
        Assert.Throws<DeviceException>(() => device.Read(new byte[16], Patience));
        Assert.Throws<DeviceException>(() => device.Write("x"u8, Patience));
    }

    [Fact]
    public void What_the_other_end_does_not_take_is_an_error_in_time_and_the_port_closes()
    {
        using var device = SerialDevice.Open(_far.Path);

        var error = Assert.Throws<DeviceException>(() => device.Write(new byte[1 << 20], TimeSpan.FromMilliseconds(100)));
        Assert.Equal(Errno.ETIMEDOUT, error.ErrorNumber);
    }

    [Fact]
    public void Discarding_empties_the_kernels_buffers_too()
    {
        using var device = SerialDevice.Open(_far.Path);
        for (var i = 0; i < 5; i++)
            _far.Send(new byte[1000]);
        device.DiscardInput();

        Assert.Equal(0, device.Read(new byte[16], TimeSpan.FromMilliseconds(100)));
    }

    [Theory]
    [InlineData(9600, 9600, true)]
    [InlineData(115_200, 117_188, true)] // 1.7 % beside
    [InlineData(250_000, 230_400, false)]
    [InlineData(4_000_000, 9600, false)] // the driver kept what it had
    public void A_rate_is_met_when_both_ends_still_understand_each_other(int asked, uint taken, bool isMet) =>
        Assert.Equal(isMet, new SerialSettings(asked).IsMetBy(taken));

    [Theory]
    [InlineData(9600)]
    [InlineData(115_200)]
    [InlineData(921_600)]
    public void The_kernel_has_the_rate_that_was_asked_for(int baud)
    {
        using var device = SerialDevice.Open(_far.Path, new SerialSettings(baud));
        using var stty = Process.Start(new ProcessStartInfo("stty", ["-F", _far.Path, "speed"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = stty.StandardOutput.ReadToEnd() + stty.StandardError.ReadToEnd();
        stty.WaitForExit();

        Assert.SkipWhen(said.Contains("busy", StringComparison.Ordinal), "not root: the port is this program's alone, so stty may not look");
        Assert.Equal(baud.ToString(System.Globalization.CultureInfo.InvariantCulture), said.Trim());
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(49, 8)]
    [InlineData(5_000_000, 8)]
    [InlineData(9600, 9)]
    public void A_rate_or_width_that_no_port_has_is_refused_before_anything_is_opened(int baud, int bits) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SerialDevice.Open("/dev/ttyAMA99", new SerialSettings(baud, bits)));

    [Fact]
    public void The_settings_read_as_people_write_them() =>
        Assert.Equal("38400 baud 7E2", new SerialSettings(38_400, 7, System.IO.Ports.Parity.Even, System.IO.Ports.StopBits.Two).ToString());

    [Fact]
    public void Reading_and_writing_allocate_nothing()
    {
        using var device = SerialDevice.Open(_far.Path);
        var bytes = new byte[16];
        for (var round = 0; ; round++)
        {
            _far.Send("abc");
            var before = GC.GetAllocatedBytesForCurrentThread();
            device.Read(bytes, Patience);
            device.Write("abc"u8, Patience);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            _far.Receive();
            if (round < 3) // calls are compiled
                continue;
            Assert.Equal(0, allocated);
            return;
        }
    }

    private static int NotZero(int count)
    {
        Assert.NotEqual(0, count);
        return count;
    }
}
