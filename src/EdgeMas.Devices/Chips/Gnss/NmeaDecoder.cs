using System.Text;

namespace EdgeMas.Devices.Chips.Gnss;

/// <summary>
/// Makes fixes of the lines of a GNSS receiver: GGA and RMC of any talker (GP, GN, GL, GA, …), put together by their time. Nothing that comes makes it throw or grow, and it
/// allocates nothing. One thread takes lines; any thread may ask for the counts and the last refusal.
/// </summary>
public sealed class NmeaDecoder
{
    private readonly byte[]? _talker;
    private readonly Lock _gate = new();
    private readonly byte[] _refused = new byte[NmeaSentence.LongestBytes];
    private int _refusedLength;
    private NmeaRefusal _refusal;
    private long _taken;
    private long _ignored;
    private long _wrongChecksum;
    private long _unreadable;
    private long _badField;

    private NmeaEpoch _epoch;
    private NmeaKinds _expected;

    /// <param name="talker">Two letters: sentences of others are ignored; null for all.</param>
    public NmeaDecoder(string? talker = null)
    {
        if (talker is not (null or { Length: 2 }))
            throw new ArgumentException($"'{talker}' is no talker: two letters, such as GP or GN", nameof(talker));
        _talker = talker is null ? null : Encoding.ASCII.GetBytes(talker);
    }

    public NmeaCounts Counts =>
        new(Volatile.Read(ref _taken), Volatile.Read(ref _ignored), Volatile.Read(ref _wrongChecksum), Volatile.Read(ref _unreadable), Volatile.Read(ref _badField));

    /// <summary>Why the last line that was not believed was not, with the line; what is not printable stands as <c>?</c>. Null while all were.</summary>
    public string? LastRefusal
    {
        get
        {
            lock (_gate)
                return _refusal == NmeaRefusal.None ? null : $"{Describe(_refusal)}{(_refusedLength == 0 ? "" : ": ")}{Printable(_refused.AsSpan(0, _refusedLength))}";
        }
    }

    /// <summary>Takes a line. A moment's fix is told once as many kinds of sentences have come of it as of the moment before; one that lost a sentence is not told.</summary>
    /// <param name="line">Without its end.</param>
    /// <param name="fix">May have no position: the receiver says that it knows none.</param>
    /// <returns>Whether there is a new fix.</returns>
    public bool TryTake(ReadOnlySpan<byte> line, out GnssFix fix)
    {
        fix = GnssFix.Nothing;
        var refusal = NmeaSentence.TryParse(line, out var sentence);
        if (refusal == NmeaRefusal.None)
        {
            var kind = sentence.Type.SequenceEqual("GGA"u8) ? NmeaKinds.Gga : sentence.Type.SequenceEqual("RMC"u8) ? NmeaKinds.Rmc : NmeaKinds.None;
            if (kind == NmeaKinds.None || (_talker is not null && !sentence.Address.StartsWith(_talker)))
            {
                Increment(ref _ignored);
                return false;
            }
            if (NmeaReport.TryRead(sentence, kind, out var report))
            {
                Increment(ref _taken);
                return TryJoin(report, out fix);
            }
            refusal = NmeaRefusal.BadField;
        }
        Refuse(refusal, line);
        return false;
    }

    /// <summary>Counts lines that were thrown away because they did not end.</summary>
    internal void RefuseTooLong(long lines)
    {
        Volatile.Write(ref _unreadable, _unreadable + lines);
        lock (_gate)
            (_refusal, _refusedLength) = (NmeaRefusal.TooLong, 0);
    }

    /// <summary>Forgets a moment of which not all has come. For a reader that was held up.</summary>
    public void Forget() => (_epoch, _expected) = (default, NmeaKinds.None);

    private bool TryJoin(in NmeaReport report, out GnssFix fix)
    {
        if (!_epoch.Takes(report))
        {
            _expected = _epoch.Seen; // a sentence that did not come is not waited for again
            _epoch = default;
        }
        _epoch.Add(report);
        fix = _epoch.Fix;
        return (_epoch.Seen & _expected) == _expected;
    }

    private void Refuse(NmeaRefusal refusal, ReadOnlySpan<byte> line)
    {
        Increment(ref refusal == NmeaRefusal.WrongChecksum ? ref _wrongChecksum : ref refusal == NmeaRefusal.BadField ? ref _badField : ref _unreadable);
        var kept = line[..Math.Min(line.Length, _refused.Length)];
        lock (_gate)
        {
            kept.CopyTo(_refused);
            _refusedLength = kept.Length;
            _refusal = refusal;
        }
    }

    /// <summary>One thread writes.</summary>
    private static void Increment(ref long count) => Volatile.Write(ref count, count + 1);

    private static string Describe(NmeaRefusal refusal) => refusal switch
    {
        NmeaRefusal.NoSentence => "no sentence",
        NmeaRefusal.Noise => "noise",
        NmeaRefusal.TooLong => $"longer than {NmeaSentence.LongestBytes} bytes",
        NmeaRefusal.NoChecksum => "no checksum",
        NmeaRefusal.WrongChecksum => "wrong checksum",
        _ => "a field is missing or out of its range",
    };

    private static string Printable(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var value in bytes)
            text.Append(value is >= (byte)' ' and <= (byte)'~' ? (char)value : '?');
        return text.ToString();
    }
}
