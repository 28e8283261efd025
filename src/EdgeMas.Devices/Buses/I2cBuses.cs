using System.Device.I2c;
using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Native;

namespace EdgeMas.Devices.Buses;

/// <summary>Opens chips on the board's I2C buses.</summary>
public static class I2cBuses
{
    /// <param name="bus">N of <c>/dev/i2c-N</c>.</param>
    /// <param name="address">Of seven bits, 0x03 to 0x77.</param>
    /// <param name="enable">What makes the bus appear on this board, from the board's file; null for advice in general.</param>
    /// <returns>A device whose errors are <see cref="DeviceException"/>s that name bus and address.</returns>
    /// <exception cref="DeviceException">The board has no such bus, or no permission.</exception>
    public static I2cDevice Open(int bus, int address, string? enable = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bus);
        if (address is < 0x03 or > 0x77)
            throw new ArgumentOutOfRangeException(nameof(address), $"0x{address:x2} is no I2C address: the chip's seven bits lie between 0x03 and 0x77 (a datasheet's eight-bit address is twice that)");
        DeviceFile.RequireOpenable($"/dev/i2c-{bus}", DeviceKind.I2c, enable);
        return new NamedI2cDevice(I2cDevice.Create(new I2cConnectionSettings(bus, address)));
    }
}
