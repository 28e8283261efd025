using EdgeMas.Devices.Errors;

namespace EdgeMas.Devices.Serial;

/// <summary>
/// Reads lines of text from a serial port. A flood without an end of a line, or noise at a wrong baud rate, costs no memory: a line has a greatest length, and longer ones are
/// thrown away and counted. Allocates nothing, except for a wait that can be cancelled. One thread.
/// </summary>
/// <param name="device">Stays its owner's.</param>
/// <param name="longestBytes">Of a line, with its CR.</param>
public sealed class SerialTextReader(SerialDevice device, int longestBytes)
{
    private readonly byte[] _received = new byte[1024];
    private readonly LineSplitter _lines = new(longestBytes);
    private int _at;
    private int _end;

    /// <summary>Lines that were too long. One that has not ended yet counts.</summary>
    public long TooLongLines => _lines.TooLong;

    /// <summary>Bytes that came, whatever was in them.</summary>
    public long Bytes { get; private set; }

    /// <summary>Waits for a whole line.</summary>
    /// <param name="timeout">For all of it, however much comes meanwhile; not negative; <see cref="Timeout.InfiniteTimeSpan"/> waits without end.</param>
    /// <param name="line">Its bytes without LF or CR LF, never none; good until the next call.</param>
    /// <returns>False when the time passed first; what came of the line is kept.</returns>
    /// <exception cref="DeviceException">The port was unplugged.</exception>
    public bool TryRead(TimeSpan timeout, out ReadOnlySpan<byte> line, CancellationToken cancellationToken = default)
    {
        var deadline = new Deadline(timeout);
        for (var isLast = false; ; )
        {
            var rest = new ReadOnlySpan<byte>(_received, _at, _end - _at);
            var isLine = _lines.TryTake(ref rest, out line);
            _at = _end - rest.Length;
            if (isLine || isLast)
                return isLine;
            var left = deadline.Left;
            isLast = left == TimeSpan.Zero; // more may come and come
            (_at, _end) = (0, device.Read(_received, left, cancellationToken));
            if (_end == 0)
                return false;
            Bytes += _end;
        }
    }

    /// <summary>Forgets what has come and not been read, here and in the kernel. For a reader that was held up.</summary>
    /// <exception cref="DeviceException">The port was unplugged.</exception>
    public void Discard()
    {
        device.DiscardInput();
        _lines.Forget();
        (_at, _end) = (0, 0);
    }
}
