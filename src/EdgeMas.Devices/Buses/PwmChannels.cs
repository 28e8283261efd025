using System.Device.Pwm;
using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Native;

namespace EdgeMas.Devices.Buses;

/// <summary>Opens the board's PWM channels.</summary>
public static class PwmChannels
{
    internal const int MaxHertz = 1_000_000;

    /// <param name="chip">N of <c>/sys/class/pwm/pwmchipN</c>.</param>
    /// <param name="channel">Of the chip, from 0.</param>
    /// <param name="frequencyHertz">1 to 1,000,000.</param>
    /// <param name="enable">What makes the chip appear on this board; null for advice in general.</param>
    /// <returns>A channel that is off, with a duty of 0.</returns>
    /// <exception cref="DeviceException">No such chip or channel, no permission, or it is in use.</exception>
    public static PwmChannel Open(int chip, int channel, int frequencyHertz, string? enable = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(chip);
        ArgumentOutOfRangeException.ThrowIfNegative(channel);
        ArgumentOutOfRangeException.ThrowIfLessThan(frequencyHertz, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frequencyHertz, MaxHertz);
        var path = $"/sys/class/pwm/pwmchip{chip}";
        if (!Directory.Exists(path))
            throw DeviceNode.CannotOpen(path, DeviceKind.Pwm, Errno.ENOENT, enable);
        var channels = int.Parse(File.ReadAllText($"{path}/npwm"), System.Globalization.CultureInfo.InvariantCulture);
        if (channel >= channels)
            throw new DeviceException(path, "be opened", $"it has no channel {channel}: its channels are 0 to {channels - 1}", Errno.ENODEV);
        return new SysfsPwmChannel(path, channel, frequencyHertz, enable);
    }
}
