using System.Device;
using System.Device.I2c;
using System.Runtime.InteropServices;
using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Native;

namespace EdgeMas.Devices.Buses;

/// <summary>An I2C device whose errors say which chip it is and what to look at.</summary>
internal sealed class NamedI2cDevice(I2cDevice inner) : I2cDevice
{
    public override I2cConnectionSettings ConnectionSettings => inner.ConnectionSettings;

    public override void Read(Span<byte> buffer)
    {
        try
        {
            inner.Read(buffer);
        }
        catch (IOException error)
        {
            throw Fail("read", error);
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (IOException error)
        {
            throw Fail("written", error);
        }
    }

    public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
    {
        try
        {
            inner.WriteRead(writeBuffer, readBuffer);
        }
        catch (IOException error)
        {
            throw Fail("read", error);
        }
    }

    public override ComponentInformation QueryComponentInformation() => inner.QueryComponentInformation();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private DeviceException Fail(string action, IOException error)
    {
        var number = Marshal.GetLastPInvokeError(); // of the ioctl that failed: nothing native ran since on this thread
        var reason = number switch
        {
            Errno.ENXIO or Errno.EREMOTEIO => "no chip answers there: check its power, SDA and SCL (not swapped, with pull-ups to 3.3 V), and its address pins; "
                + $"'i2cdetect -y {ConnectionSettings.BusId}' lists what answers",
            Errno.ETIMEDOUT => "the bus hangs: a chip holds SDA or SCL low. Take the power from the chips for a moment, and look for a short or missing pull-ups",
            Errno.EBUSY => "a driver of the kernel holds this address: remove its overlay, or use the kernel's driver",
            _ => $"{ErrnoText.Of(number)} ({error.Message})",
        };
        return new DeviceException($"i2c-{ConnectionSettings.BusId} address 0x{ConnectionSettings.DeviceAddress:x2}", $"be {action}", reason, number, error);
    }
}
