using System.Globalization;

namespace EdgeMas.Devices.Chips.Gnss;

/// <summary>One sentence of NMEA 0183 whose checksum is right: <c>$GNRMC,field,field*hh</c>. Looks into the line's own bytes.</summary>
/// <remarks>Source: NMEA 0183 as receivers' makers describe it, such as u-blox 6 Receiver Description GPS.G6-SW-10018, section "NMEA Protocol".</remarks>
public readonly ref struct NmeaSentence
{
    /// <summary>The standard has 82 with CR LF; receivers of high precision write more.</summary>
    public const int LongestBytes = 160;

    private const byte Begin = (byte)'$';
    private const byte End = (byte)'*';
    private const byte Comma = (byte)',';
    private const int AddressLength = 5;

    private readonly ReadOnlySpan<byte> _fields;

    private NmeaSentence(ReadOnlySpan<byte> address, ReadOnlySpan<byte> fields)
    {
        Address = address;
        _fields = fields;
    }

    /// <summary>Who speaks and what of: <c>GNRMC</c>; a maker's own begin with P.</summary>
    public ReadOnlySpan<byte> Address { get; }

    /// <summary>GGA, RMC, …; empty for a maker's own.</summary>
    public ReadOnlySpan<byte> Type => Address.Length == AddressLength && Address[0] != (byte)'P' ? Address[2..] : default;

    /// <param name="line">Without its end. What stands before the last <c>$</c> is the rest of a sentence that broke off.</param>
    public static NmeaRefusal TryParse(ReadOnlySpan<byte> line, out NmeaSentence sentence)
    {
        sentence = default;
        var begin = line.LastIndexOf(Begin);
        if (begin < 0)
            return line.ContainsAnyExceptInRange((byte)' ', (byte)'~') ? NmeaRefusal.Noise : NmeaRefusal.NoSentence;
        var body = line[(begin + 1)..];
        if (body.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
            return NmeaRefusal.Noise;
        if (body.Length < 3 || body[^3] != End || !byte.TryParse(body[^2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var checksum))
            return NmeaRefusal.NoChecksum;
        body = body[..^3];
        if (ChecksumOf(body) != checksum)
            return NmeaRefusal.WrongChecksum;
        var comma = body.IndexOf(Comma);
        if (comma < 1)
            return NmeaRefusal.BadField;
        sentence = new NmeaSentence(body[..comma], body[(comma + 1)..]);
        return NmeaRefusal.None;
    }

    /// <param name="body">Between <c>$</c> and <c>*</c>.</param>
    public static byte ChecksumOf(ReadOnlySpan<byte> body)
    {
        byte sum = 0;
        foreach (var value in body)
            sum ^= value;
        return sum;
    }

    /// <param name="index">From 0, behind the address.</param>
    /// <returns>Empty where there is none.</returns>
    public ReadOnlySpan<byte> Field(int index)
    {
        var rest = _fields;
        for (; index > 0; index--)
        {
            var comma = rest.IndexOf(Comma);
            if (comma < 0)
                return default;
            rest = rest[(comma + 1)..];
        }
        var end = rest.IndexOf(Comma);
        return end < 0 ? rest : rest[..end];
    }
}
