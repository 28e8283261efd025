using System.Globalization;
using EdgeMas.Devices.Errors;

namespace EdgeMas.Devices.Sysfs;

/// <summary>Small files in which the kernel tells one thing each.</summary>
internal static class SysfsFile
{
    /// <exception cref="DeviceException">It is gone, forbidden, or its driver has no value now.</exception>
    internal static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DeviceException(path, "be read", error is FileNotFoundException or DirectoryNotFoundException ? "it is gone: was the device unplugged?" : error.Message, inner: error);
        }
    }

    /// <returns>Null where the driver has no such file.</returns>
    internal static string? ReadOptional(string path) => File.Exists(path) ? Read(path) : null;

    /// <exception cref="DeviceException">It is no whole number.</exception>
    internal static long ReadNumber(string path) => Number(path, Read(path));

    internal static long? ReadOptionalNumber(string path) => ReadOptional(path) is { } text ? Number(path, text) : null;

    /// <returns>Folders of a class, in the order of their names; none where the kernel has no such class.</returns>
    internal static IReadOnlyList<string> Folders(string path, string pattern) =>
        Directory.Exists(path) ? [.. Directory.EnumerateFileSystemEntries(path, pattern).Order(StringComparer.Ordinal)] : [];

    private static long Number(string path, string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new DeviceException(path, "be read", $"'{(text.Length > 40 ? text[..40] : text)}' is no number");
}
