using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Native;

namespace EdgeMas.Devices.Boards;

/// <summary>A bus that a board brings to its header.</summary>
/// <param name="Name">Of this board, such as i2c-1.</param>
/// <param name="Node">Where Linux shows it; <c>*</c> in the last part stands for a number that differs from kernel to kernel.</param>
/// <param name="Pins">Numbers on the header: SDA, SCL; MOSI, MISO, SCLK, CS; a PWM's channels from 0; TXD, RXD.</param>
/// <param name="Enable">What makes it appear, for a person; empty for advice in general.</param>
public sealed record BoardBus(string Name, BoardBusKind Kind, string Node, IReadOnlyList<int> Pins, string Enable)
{
    /// <param name="root">In front of <see cref="Node"/>; empty for this machine.</param>
    /// <returns>The node that is there, or null.</returns>
    public string? Find(string root = "")
    {
        var path = root + Node;
        if (!Node.Contains('*', StringComparison.Ordinal))
            return Path.Exists(path) ? path : null;
        var folder = Path.GetDirectoryName(path)!;
        return Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder, Path.GetFileName(path)).Order(StringComparer.Ordinal).FirstOrDefault() : null;
    }

    private string? Advice => Enable.Length == 0 ? null : Enable;

    /// <summary>The number at the end of this machine's node: 0 of /sys/class/pwm/pwmchip0.</summary>
    /// <exception cref="DeviceException">This machine has no such bus, or forbids it.</exception>
    public int Number()
    {
        if (Trouble() is { } trouble)
            throw trouble;
        var node = Find()!;
        var digits = node.Length;
        while (digits > 0 && char.IsAsciiDigit(node[digits - 1]))
            digits--;
        return int.Parse(node.AsSpan(digits), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Looks without opening it: opening a serial line may reset what hangs on it.</summary>
    /// <param name="root">In front of <see cref="Node"/>; empty for this machine.</param>
    /// <returns>Why a program of this user cannot use the bus, with the mend; null where it can.</returns>
    public DeviceException? Trouble(string root = "")
    {
        if (Find(root) is not { } found)
            return DeviceNode.CannotOpen(root + Node, DeviceKind, Errno.ENOENT, Advice);
        return Kind switch
        {
            BoardBusKind.Can => null, // sockets ask nobody
            BoardBusKind.Pwm => DeviceNode.Forbidden($"{found}/export", DeviceKind, write: true),
            BoardBusKind.Serial when SerialConsole.IsOn(found, root) => SerialConsole.Trouble(found, Advice),
            _ => DeviceNode.Forbidden(found, DeviceKind),
        };
    }

    private DeviceKind DeviceKind => Kind switch
    {
        BoardBusKind.I2c => DeviceKind.I2c,
        BoardBusKind.Spi => DeviceKind.Spi,
        BoardBusKind.Pwm => DeviceKind.Pwm,
        BoardBusKind.Serial => DeviceKind.Serial,
        _ => DeviceKind.Can,
    };
}
