using System.Globalization;

namespace EdgeMas.Devices.Errors;

/// <summary>Who has a device open, for the error about it.</summary>
internal static class DeviceHolders
{
    /// <param name="own">Descriptors of this program that do not count.</param>
    /// <returns>Why it is busy, with the mend: the program where this user may see it.</returns>
    internal static string Describe(string path, int own = 0)
    {
        var node = TargetOf(path) ?? Path.GetFullPath(path);
        var holders = Directory.EnumerateDirectories("/proc").Where(process => Count(process, node) > (IsOwn(process) ? own : 0)).Select(NameOf).ToArray();
        return holders.Length == 0 ? $"another program holds it: 'sudo fuser -v {path}' names it" : $"{string.Join(" and ", holders)} holds it: close it there";
    }

    /// <returns>What a name such as <c>/dev/serial0</c> stands for; null for the node itself.</returns>
    internal static string? TargetOf(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName;

    private static bool IsOwn(string process) => Path.GetFileName(process) == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

    private static int Count(string process, string node)
    {
        if (!char.IsAsciiDigit(Path.GetFileName(process)[0]))
            return 0;
        try
        {
            return Directory.EnumerateFileSystemEntries($"{process}/fd").Count(descriptor => File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.FullName == node);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return 0; // it has ended meanwhile, or is another user's
        }
    }

    private static string NameOf(string process)
    {
        var number = Path.GetFileName(process);
        if (IsOwn(process))
            return $"this program itself (process {number})";
        try
        {
            return $"'{File.ReadAllText($"{process}/comm").Trim()}' (process {number})";
        }
        catch (IOException)
        {
            return $"process {number}"; // it has ended meanwhile
        }
    }
}
