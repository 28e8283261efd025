using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Serial;

namespace EdgeMas.Devices.Chips.Gnss;

/// <summary>
/// A GNSS receiver that speaks NMEA 0183, as nearly all do: u-blox, Quectel, MediaTek, Septentrio. Sentences that noise has changed are counted and never thrown. Allocates
/// nothing, except for a wait that can be cancelled. One thread reads.
/// </summary>
public sealed class GnssReceiver : IDisposable
{
    private readonly SerialDevice _device;
    private readonly SerialTextReader _lines;
    private readonly NmeaDecoder _decoder;
    private long _tooLong;

    /// <param name="device">Disposed with this object. Receivers leave the factory with 4800, 9600, 38400 or 115200 baud.</param>
    public GnssReceiver(SerialDevice device) : this(device, new NmeaDecoder())
    {
    }

    /// <param name="decoder">Goes on counting where it was.</param>
    internal GnssReceiver(SerialDevice device, NmeaDecoder decoder)
    {
        _device = device;
        _lines = new SerialTextReader(device, NmeaSentence.LongestBytes);
        _decoder = decoder;
        decoder.Forget();
    }

    public NmeaCounts Counts => _decoder.Counts;

    /// <inheritdoc cref="NmeaDecoder.LastRefusal"/>
    public string? LastRefusal => _decoder.LastRefusal;

    /// <summary>Bytes that came, whatever was in them.</summary>
    public long Bytes => _lines.Bytes;

    /// <summary>Waits for what the receiver tells next.</summary>
    /// <param name="timeout">Not negative; most receivers tell once a second.</param>
    /// <param name="fix">May have no position.</param>
    /// <returns>False when the time passed first.</returns>
    /// <exception cref="DeviceException">The port was unplugged.</exception>
    public bool TryRead(TimeSpan timeout, out GnssFix fix, CancellationToken cancellationToken = default)
    {
        var deadline = new Deadline(timeout);
        do
        {
            var isLine = _lines.TryRead(deadline.Left, out var line, cancellationToken);
            if (_lines.TooLongLines > _tooLong)
            {
                _decoder.RefuseTooLong(_lines.TooLongLines - _tooLong);
                _tooLong = _lines.TooLongLines;
            }
            if (isLine && _decoder.TryTake(line, out fix))
                return true;
        }
        while (deadline.Left != TimeSpan.Zero);
        fix = GnssFix.Nothing;
        return false;
    }

    /// <summary>Forgets what has come and not been read: for a reader that was held up, it is older than it seems.</summary>
    /// <exception cref="DeviceException">The port was unplugged.</exception>
    public void Discard()
    {
        _lines.Discard();
        _decoder.Forget();
    }

    public void Dispose() => _device.Dispose();
}
