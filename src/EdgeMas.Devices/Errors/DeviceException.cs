namespace EdgeMas.Devices.Errors;

/// <summary>A device of the board refused a call. The message names the device, what was tried, why it failed and what to do next.</summary>
/// <param name="device">As a person names it: <c>/dev/gpiochip0 line 17</c>, <c>i2c-1 address 0x40</c>.</param>
public sealed class DeviceException(string device, string action, string reason, int error = 0, Exception? inner = null)
    : IOException($"{device}: cannot {action}: {reason}", inner)
{
    public string Device { get; } = device;

    /// <summary>Linux's errno; 0 where the device answered and the answer was wrong.</summary>
    public int ErrorNumber { get; } = error;
}
