using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Native;

namespace EdgeMas.Devices.Watchdog;

/// <summary>
/// The computer's own watchdog: once open, the computer restarts unless <see cref="Feed"/> is called more often than <see cref="Timeout"/>. A program that dies or
/// hangs feeds no more. Feeding allocates nothing. Any thread.
/// </summary>
/// <remarks>Source: Linux, <c>Documentation/watchdog/watchdog-api.rst</c>.</remarks>
public sealed class KernelWatchdog : IDisposable
{
    public const string DefaultPath = "/dev/watchdog";

    private readonly WatchdogDevice _device;

    private KernelWatchdog(WatchdogDevice device, TimeSpan timeout)
    {
        _device = device;
        Timeout = timeout;
    }

    /// <summary>As the hardware took it: whole seconds, and no more than it can count.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>The hardware's name, such as <c>Software Watchdog</c>.</summary>
    public string Identity => _device.Identity;

    /// <summary>Whether <see cref="Dispose"/> stops it. Where not, the computer restarts once the program has ended.</summary>
    public bool CanBeStopped => _device.CanBeStopped;

    /// <summary>Opens it, which starts it.</summary>
    /// <param name="timeout">At least a second; a Raspberry Pi counts to 15 s.</param>
    /// <exception cref="DeviceException">No such device, no permission, another program feeds it, or it cannot count so far.</exception>
    public static KernelWatchdog Open(TimeSpan timeout, string path = DefaultPath)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, TimeSpan.FromDays(1));
        var device = WatchdogDevice.Open(path);
        try
        {
            return new KernelWatchdog(device, TimeSpan.FromSeconds(device.SetTimeout((int)Math.Ceiling(timeout.TotalSeconds))));
        }
        catch
        {
            device.Dispose();
            throw;
        }
    }

    /// <summary>Looks without opening it.</summary>
    /// <returns>Why this user cannot open it, with the mend; null where it can.</returns>
    public static DeviceException? Trouble(string path = DefaultPath) => DeviceNode.Forbidden(path, DeviceKind.Watchdog);

    /// <summary>The count begins anew.</summary>
    public void Feed() => _device.Feed();

    /// <summary>Stops it, where that is possible.</summary>
    public void Dispose() => _device.Dispose();
}
