using EdgeMas.Core.Motion;
using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Serial;
using EdgeMas.Devices.Watches;

namespace EdgeMas.Devices.Chips.Gnss;

/// <summary>
/// The newest fix of a GNSS receiver, read on a thread of its own. A receiver that is missing, unplugged, silent or unreadable is a trouble, and is looked for again until it
/// is back; one that sees no sky works, and gives no fix.
/// </summary>
/// <param name="time">By which a fix becomes too old.</param>
public sealed class GnssWatch(GnssWiring wiring, TimeProvider time) : PartWatch("GNSS receiver", TimeSpan.Zero)
{
    /// <summary>A receiver tells at least once a second.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(100);

    /// <summary>This thread was held up for so long: what the kernel holds is older than it seems.</summary>
    private static readonly TimeSpan HeldUp = TimeSpan.FromSeconds(1);

    private readonly LatestValue<StampedFix> _latest = new(new StampedFix(0, GnssFix.Nothing));
    private readonly NmeaDecoder _decoder = new(wiring.Talker);
    private readonly SerialSettings _settings = wiring.Settings ?? new SerialSettings();
    private GnssReceiver? _receiver;
    private long _bytes;
    private long _bytesBefore;
    private long _heard;
    private long _heardBytes;
    private long _looked;

    /// <summary>Of all lines since the start. Any thread.</summary>
    public NmeaCounts Counts => _decoder.Counts;

    /// <summary>Any thread.</summary>
    /// <inheritdoc cref="NmeaDecoder.LastRefusal"/>
    public string? LastRefusal => _decoder.LastRefusal;

    /// <summary>That came since the start, whatever was in them. Any thread.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Never waits. Any thread.</summary>
    /// <returns>False where the receiver knows no position, or told the last one longer than <see cref="GnssWiring.MaxAge"/> ago.</returns>
    public bool TryGetFix(out GnssFix fix) => TryGetFix(out fix, out _);

    /// <param name="heard">When the receiver told its moment, by the clock: another one for each moment.</param>
    /// <inheritdoc cref="TryGetFix(out GnssFix)"/>
    internal bool TryGetFix(out GnssFix fix, out long heard)
    {
        var latest = _latest.Read();
        heard = latest.Timestamp;
        var isFix = latest.Fix.HasPosition && time.GetElapsedTime(latest.Timestamp) <= wiring.MaxAge;
        fix = isFix ? latest.Fix : GnssFix.Nothing;
        return isFix;
    }

    protected override void Open()
    {
        _receiver = new GnssReceiver(SerialDevice.Open(wiring.Path, _settings, wiring.Enable), _decoder);
        _looked = time.GetTimestamp();
        Hear(_looked);
    }

    protected override bool TryRead()
    {
        var taken = _decoder.Counts.Taken;
        var isNew = _receiver!.TryRead(Wait, out var fix);
        Volatile.Write(ref _bytes, _bytesBefore + _receiver.Bytes);
        var now = time.GetTimestamp();
        var isHeldUp = time.GetElapsedTime(_looked, now) > HeldUp;
        _looked = now;
        if (isHeldUp)
        {
            _receiver.Discard();
            Hear(now);
            return false;
        }
        if (isNew)
            _latest.Write(new StampedFix(IsRepeated(fix) ? _latest.Read().Timestamp : now, fix));
        if (_decoder.Counts.Taken > taken)
        {
            Hear(now);
            return true;
        }
        if (time.GetElapsedTime(_heard, now) > Patience)
            throw new DeviceException(wiring.Path, "be understood", Advice(_receiver.Bytes - _heardBytes));
        return false;
    }

    protected override void Close()
    {
        _bytesBefore = _bytes;
        _receiver?.Dispose();
        _receiver = null;
    }

    /// <summary>A receiver that hangs may say the same moment again and again: that becomes old, too.</summary>
    private bool IsRepeated(in GnssFix fix) => fix.TimeOfDay is { } time && time == _latest.Read().Fix.TimeOfDay;

    private void Hear(long now) => (_heard, _heardBytes) = (now, _receiver!.Bytes);

    private string Advice(long bytes) => bytes == 0
        ? $"nothing came for {Patience.TotalSeconds} s: wire its TX to this port's RX, and both grounds; it needs its supply"
        : $"{bytes} bytes came, and no GGA or RMC sentence in order{(wiring.Talker is { } talker ? $" of the talker {talker}" : "")} within {Patience.TotalSeconds} s at {_settings}: check the rate, and that the receiver sends NMEA. Last refused: {LastRefusal ?? "none"}";

    /// <summary>With the moment at which it was told.</summary>
    private readonly record struct StampedFix(long Timestamp, GnssFix Fix);
}
