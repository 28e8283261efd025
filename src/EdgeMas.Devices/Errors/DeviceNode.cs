using EdgeMas.Devices.Native;

namespace EdgeMas.Devices.Errors;

/// <summary>Tells why a device node does not open, and what mends it.</summary>
internal static class DeviceNode
{
    /// <param name="error">errno of opening it.</param>
    /// <param name="enable">What makes the node appear on this board; null for what the kind says.</param>
    internal static DeviceException CannotOpen(string path, DeviceKind kind, int error, string? enable = null, Exception? inner = null) =>
        new(path, "be opened", error switch
        {
            Errno.ENOENT or Errno.ENXIO or Errno.ENODEV => $"this board has no such device ({Present(kind)}): {enable ?? kind.Enable}",
            Errno.EACCES or Errno.EPERM => Forbidden(path, kind),
            Errno.EBUSY => "another program holds it",
            _ => ErrnoText.Of(error),
        }, error, inner);

    private static string Forbidden(string path, DeviceKind kind)
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
        var folder = Path.GetDirectoryName(kind.Pattern)!;
        string[] found = Directory.Exists(folder) ? Directory.GetFileSystemEntries(folder, Path.GetFileName(kind.Pattern)) : [];
        Array.Sort(found, StringComparer.Ordinal);
        return found.Length == 0 ? $"it has no {kind.Pattern}" : $"it has {string.Join(", ", found)}";
    }
}
