using System.Device.Spi;

namespace EdgeMas.Devices.Chips;

/// <summary>Transfers of a few bytes to a chip on SPI: some that address a register, then its values. Allocates nothing.</summary>
internal static class SpiTransfers
{
    internal const string Advice = "check the chip's power, MOSI, MISO (not swapped), SCLK and its select line; on SPI a chip that is missing reads as zeros or ones";

    private const int MostBytes = 64;

    internal static string Place(SpiDevice device) => $"spi{device.ConnectionSettings.BusId}.{device.ConnectionSettings.ChipSelectLine}";

    /// <summary>Modes 0 and 3, which take and give a bit at the clock's rising edge.</summary>
    /// <exception cref="ArgumentException">Another mode, or too fast a clock.</exception>
    internal static SpiDevice Checked(SpiDevice device, int mostHertz)
    {
        var settings = device.ConnectionSettings;
        if (settings.Mode is not (SpiMode.Mode0 or SpiMode.Mode3))
            throw new ArgumentException($"{Place(device)} is set to {settings.Mode}: this chip speaks modes 0 and 3", nameof(device));
        if (settings.ClockFrequency > mostHertz)
            throw new ArgumentException($"{Place(device)} is set to {settings.ClockFrequency} Hz: this chip's clock may have {mostHertz} Hz", nameof(device));
        return device;
    }

    internal static void Read(SpiDevice device, ReadOnlySpan<byte> address, Span<byte> values)
    {
        var length = address.Length + values.Length;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MostBytes);
        Span<byte> sent = stackalloc byte[length];
        Span<byte> received = stackalloc byte[length];
        sent.Clear();
        address.CopyTo(sent);
        device.TransferFullDuplex(sent, received);
        received[address.Length..].CopyTo(values);
    }

    internal static void Write(SpiDevice device, ReadOnlySpan<byte> address, ReadOnlySpan<byte> values)
    {
        var length = address.Length + values.Length;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MostBytes);
        Span<byte> sent = stackalloc byte[length];
        address.CopyTo(sent);
        values.CopyTo(sent[address.Length..]);
        device.Write(sent);
    }
}
