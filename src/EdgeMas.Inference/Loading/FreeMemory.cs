using System.Globalization;

namespace EdgeMas.Inference.Loading;

/// <summary>Memory that this process can still take: what the kernel calls available, and what its control group leaves it.</summary>
internal static class FreeMemory
{
    /// <summary>Bytes; <see cref="long.MaxValue"/> where the system does not tell.</summary>
    internal static long Ask() => Math.Min(AvailableIn("/proc/meminfo"), LeftIn("/sys/fs/cgroup"));

    /// <param name="file">As Linux writes <c>/proc/meminfo</c>.</param>
    internal static long AvailableIn(string file)
    {
        const string Key = "MemAvailable:";
        if (!File.Exists(file))
            return long.MaxValue;
        var line = File.ReadLines(file).FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal));
        return line is not null && long.TryParse(line[Key.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture, out var kilobytes)
            ? kilobytes * 1024
            : long.MaxValue;
    }

    /// <param name="folder">A control group of version 2; file pages that it can drop count as free.</param>
    internal static long LeftIn(string folder)
    {
        if (NumberIn(Path.Combine(folder, "memory.max")) is not { } most || NumberIn(Path.Combine(folder, "memory.current")) is not { } current)
            return long.MaxValue;
        const string Key = "inactive_file ";
        var statistics = Path.Combine(folder, "memory.stat");
        var line = File.Exists(statistics) ? File.ReadLines(statistics).FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal)) : null;
        var droppable = line is not null && long.TryParse(line[Key.Length..], CultureInfo.InvariantCulture, out var bytes) ? bytes : 0;
        return Math.Max(0, most - current + droppable);
    }

    private static long? NumberIn(string file) =>
        File.Exists(file) && long.TryParse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture, out var number) ? number : null;
}
