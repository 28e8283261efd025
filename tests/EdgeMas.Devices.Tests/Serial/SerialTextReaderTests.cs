using System.Text;
using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Serial;
using EdgeMas.Testing;

namespace EdgeMas.Devices.Tests.Serial;

/// <summary>On a terminal of the kernel.</summary>
public sealed class SerialTextReaderTests : IDisposable
{
    private readonly PseudoTerminal _far = new();

    public void Dispose() => _far.Dispose();

    [Fact]
    public void A_line_that_comes_in_pieces_is_read_whole()
    {
        using var device = SerialDevice.Open(_far.Path);
        var reader = new SerialTextReader(device, longestBytes: 100);
        _far.Send("one\r\ntw");

        Assert.Equal("one", Next(reader));
        Assert.False(reader.TryRead(TimeSpan.FromMilliseconds(20), out _)); // half a line
        _far.Send("o\nthree\n");
        Assert.Equal("two", Next(reader));
        Assert.Equal("three", Next(reader));
        Assert.Equal(15, reader.Bytes);
    }

    [Fact]
    public void A_flood_without_an_end_neither_holds_the_reader_nor_hides_the_line_after_it()
    {
        using var device = SerialDevice.Open(_far.Path);
        var reader = new SerialTextReader(device, longestBytes: 100);
        using var stop = new CancellationTokenSource();
        var flood = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
                _far.Send(new byte[512]);
            _far.Send("\nafter\n");
        }) { IsBackground = true };
        flood.Start();
        for (var i = 0; i < 10; i++)
            Assert.False(reader.TryRead(TimeSpan.FromMilliseconds(10), out _)); // returns, though bytes always come
        stop.Cancel();

        Assert.Equal("after", Next(reader));
        flood.Join();
        Assert.Equal(1, reader.TooLongLines);
    }

    [Fact]
    public void What_was_discarded_is_not_part_of_the_next_line()
    {
        using var device = SerialDevice.Open(_far.Path);
        var reader = new SerialTextReader(device, longestBytes: 100);
        _far.Send("first\nold\nold ha");
        Assert.Equal("first", Next(reader));
        reader.Discard();
        _far.Send("new\n");

        Assert.Equal("new", Next(reader));
    }

    [Fact]
    public void Lines_that_came_before_the_plug_was_pulled_or_its_error_are_all_that_is_read()
    {
        using var device = SerialDevice.Open(_far.Path);
        var reader = new SerialTextReader(device, longestBytes: 100);
        _far.Send("last\nhalf");
        Assert.Equal("last", Next(reader));
        _far.Unplug();

        Assert.Contains("unplugged", Assert.Throws<DeviceException>(() => reader.TryRead(Until.Patience, out _)).Message, StringComparison.Ordinal);
    }

    private static string Next(SerialTextReader reader)
    {
        Assert.True(reader.TryRead(Until.Patience, out var line));
        return Encoding.Latin1.GetString(line);
    }
}
