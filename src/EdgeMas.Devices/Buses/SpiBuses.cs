using System.Device.Spi;
using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Native;

namespace EdgeMas.Devices.Buses;

/// <summary>Opens chips on the board's SPI buses.</summary>
public static class SpiBuses
{
    private const int UsualHertz = 1_000_000;

    /// <param name="bus">N of <c>/dev/spidevN.M</c>.</param>
    /// <param name="chipSelect">M of it: the chip's select line.</param>
    /// <param name="clockHertz">At most what the chip's datasheet and the wires allow.</param>
    /// <param name="mode">Clock's polarity and phase, from the datasheet.</param>
    /// <param name="enable">What makes the bus appear on this board, from the board's file; null for advice in general.</param>
    /// <remarks>A chip on SPI acknowledges nothing: one that is missing reads as zeros or ones, which its driver has to notice.</remarks>
    /// <exception cref="DeviceException">The board has no such bus or select line, or no permission.</exception>
    public static SpiDevice Open(int bus, int chipSelect, int clockHertz = UsualHertz, SpiMode mode = SpiMode.Mode0, string? enable = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bus);
        ArgumentOutOfRangeException.ThrowIfNegative(chipSelect);
        ArgumentOutOfRangeException.ThrowIfLessThan(clockHertz, 1);
        DeviceFile.RequireOpenable($"/dev/spidev{bus}.{chipSelect}", DeviceKind.Spi, enable);
        return SpiDevice.Create(new SpiConnectionSettings(bus, chipSelect) { ClockFrequency = clockHertz, Mode = mode });
    }
}
