using System.Buffers.Binary;

namespace EdgeMas.Devices.Chips.Bme280;

/// <summary>A chip's own numbers, and what they make of its raw values.</summary>
/// <remarks>Source: Bosch Sensortec, BME280 data sheet BST-BME280-DS001, table 16 and the formulas in double precision of section 8.1.</remarks>
internal readonly struct Bme280Calibration
{
    internal const int FirstBytes = 26; // from 0x88
    internal const int SecondBytes = 7; // from 0xE1

    private readonly ushort _t1;
    private readonly short _t2;
    private readonly short _t3;
    private readonly ushort _p1;
    private readonly short _p2;
    private readonly short _p3;
    private readonly short _p4;
    private readonly short _p5;
    private readonly short _p6;
    private readonly short _p7;
    private readonly short _p8;
    private readonly short _p9;
    private readonly byte _h1;
    private readonly short _h2;
    private readonly byte _h3;
    private readonly int _h4;
    private readonly int _h5;
    private readonly sbyte _h6;

    internal Bme280Calibration(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        _t1 = BinaryPrimitives.ReadUInt16LittleEndian(first);
        _t2 = BinaryPrimitives.ReadInt16LittleEndian(first[2..]);
        _t3 = BinaryPrimitives.ReadInt16LittleEndian(first[4..]);
        _p1 = BinaryPrimitives.ReadUInt16LittleEndian(first[6..]);
        _p2 = BinaryPrimitives.ReadInt16LittleEndian(first[8..]);
        _p3 = BinaryPrimitives.ReadInt16LittleEndian(first[10..]);
        _p4 = BinaryPrimitives.ReadInt16LittleEndian(first[12..]);
        _p5 = BinaryPrimitives.ReadInt16LittleEndian(first[14..]);
        _p6 = BinaryPrimitives.ReadInt16LittleEndian(first[16..]);
        _p7 = BinaryPrimitives.ReadInt16LittleEndian(first[18..]);
        _p8 = BinaryPrimitives.ReadInt16LittleEndian(first[20..]);
        _p9 = BinaryPrimitives.ReadInt16LittleEndian(first[22..]);
        _h1 = first[25];
        _h2 = BinaryPrimitives.ReadInt16LittleEndian(second);
        _h3 = second[2];
        // Two numbers of twelve bits share the byte between them.
        _h4 = ((sbyte)second[3] << 4) | (second[4] & 0x0F);
        _h5 = ((sbyte)second[5] << 4) | (second[4] >> 4);
        _h6 = (sbyte)second[6];
    }

    /// <summary>A chip whose memory was not read has no pressure's scale.</summary>
    internal bool IsBlank => _t1 is 0 or ushort.MaxValue || _p1 is 0 or ushort.MaxValue;

    /// <param name="temperature">Of twenty bits, as the pressure; the humidity's sixteen.</param>
    internal AirReading Compensate(int pressure, int temperature, int humidity)
    {
        var offset = (temperature / 16384.0) - (_t1 / 1024.0);
        var fine = (offset * _t2) + (offset / 8 * (offset / 8) * _t3); // 5120 to the degree; the others lean on it
        return new AirReading(fine / 5120, Pressure(pressure, fine), Humidity(humidity, fine));
    }

    private double Pressure(int raw, double fine)
    {
        var warmth = (fine / 2) - 64000;
        var offset = (((warmth * warmth * _p6 / 32768) + (warmth * _p5 * 2)) / 4) + (_p4 * 65536.0);
        var scale = (1 + (((_p3 * warmth * warmth / 524288) + (_p2 * warmth)) / 524288 / 32768)) * _p1;
        var pascals = (1048576.0 - raw - (offset / 4096)) * 6250 / scale;
        return pascals + (((_p9 * pascals * pascals / 2147483648.0) + (pascals * _p8 / 32768) + _p7) / 16);
    }

    private double Humidity(int raw, double fine)
    {
        var warmth = fine - 76800;
        var percent = (raw - ((_h4 * 64.0) + (_h5 / 16384.0 * warmth)))
            * (_h2 / 65536.0 * (1 + (_h6 / 67108864.0 * warmth * (1 + (_h3 / 67108864.0 * warmth)))));
        return Math.Clamp(percent * (1 - (_h1 * percent / 524288)), 0, 100) / 100;
    }
}
