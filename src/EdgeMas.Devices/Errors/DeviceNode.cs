using System.Runtime.InteropServices;
using EdgeMas.Devices.Native;

namespace EdgeMas.Devices.Errors;

/// <summary>Tells why a device node does not open, and what mends it.</summary>
internal static class DeviceNode
{
    /// <summary>Names that an error lists.</summary>
    private const int Most = 8;

    /// <param name="error">errno of opening it.</param>
    /// <param name="enable">What makes the node appear on this board; null for what the kind says.</param>
    internal static DeviceException CannotOpen(string path, DeviceKind kind, int error, string? enable = null, Exception? inner = null) =>
        new(path, "be opened", error switch
        {
            Errno.ENOENT or Errno.ENXIO or Errno.ENODEV => $"this board has no such device ({Present(kind)}): {enable ?? kind.Enable}",
            Errno.EACCES or Errno.EPERM => NoPermission(path, kind),
            Errno.EBUSY => "another program holds it",
            _ => ErrnoText.Of(error),
        }, error, inner);

    /// <summary>Whether this user may open a node, without opening it.</summary>
    /// <returns>Null where it may.</returns>
    internal static DeviceException? Forbidden(string path, DeviceKind kind, bool write = false) =>
        Libc.access(path, write ? Libc.W_OK : Libc.R_OK | Libc.W_OK) == 0 ? null : CannotOpen(path, kind, Marshal.GetLastPInvokeError());

    private static string NoPermission(string path, DeviceKind kind)
    {
        const string again = "and log in again";
        var group = FileOwner.GroupOf(path);
        return group is null or "root"
            ? $"no permission, and no group has it. Write the line '{kind.UdevRule}' into /etc/udev/rules.d/60-edgemas.rules, "
                + $"then 'sudo groupadd -f {kind.Group} && sudo usermod -aG {kind.Group} {Environment.UserName} && sudo udevadm control --reload && sudo udevadm trigger' {again}"
            : $"no permission: the group '{group}' has it. Run 'sudo usermod -aG {group} {Environment.UserName}' {again}";
    }

    private static string Present(DeviceKind kind)
    {
        string[] found = [.. kind.Pattern.Split(' ').SelectMany(Nodes)];
        return found.Length switch
        {
            0 => $"it has no {kind.Pattern.Replace(" ", ", ", StringComparison.Ordinal)}",
            <= Most => $"it has {string.Join(", ", found)}",
            _ => $"it has {string.Join(", ", found[..Most])} and {found.Length - Most} more",
        };
    }

    private static IEnumerable<string> Nodes(string pattern)
    {
        var folder = Path.GetDirectoryName(pattern)!;
        return Directory.Exists(folder) ? Directory.GetFileSystemEntries(folder, Path.GetFileName(pattern)).Order(StringComparer.Ordinal) : [];
    }
}
