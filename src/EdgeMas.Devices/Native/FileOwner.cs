namespace EdgeMas.Devices.Native;

/// <summary>Who may use a file.</summary>
internal static unsafe class FileOwner
{
    /// <returns>Name of the file's group, its number where it has no name, or null where there is no such file.</returns>
    internal static string? GroupOf(string path)
    {
        Libc.statx_fields fields;
        if (Libc.statx(Libc.AT_FDCWD, path, 0, Libc.STATX_GID, &fields) < 0)
            return null;
        var number = fields.stx_gid.ToString(System.Globalization.CultureInfo.InvariantCulture);
        // name:password:number:members. Groups of a directory server are not in the file; their number is told instead.
        var line = File.Exists("/etc/group") ? File.ReadLines("/etc/group").FirstOrDefault(line => line.Split(':') is [_, _, var found, ..] && found == number) : null;
        return line?.Split(':')[0] ?? number;
    }
}
