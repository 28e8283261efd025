using System.Globalization;
using System.Text.RegularExpressions;

namespace EdgeMas.Host.Bench;

/// <summary>What llama-server's log (<c>-lv 4</c>) says of the memory that it keeps keys and values in.</summary>
internal static partial class PeerMemory
{
    public static bool IsAbout(string line) => Buffer().IsMatch(line) || RamCache().IsMatch(line);

    /// <summary>Bytes of the buffers that it made at the start, and of what its RAM cache held last.</summary>
    /// <param name="lines">In the order written.</param>
    public static double Bytes(IEnumerable<string> lines)
    {
        double buffers = 0;
        double cache = 0;
        foreach (var line in lines)
        {
            if (Buffer().Match(line) is { Success: true } buffer)
                buffers += Megabytes(buffer);
            else if (RamCache().Match(line) is { Success: true } held)
                cache = Megabytes(held);
        }
        return (buffers + cache) * (1 << 20);
    }

    private static double Megabytes(Match match) => double.Parse(match.Groups["megabytes"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"KV buffer size = +(?<megabytes>[0-9.]+) MiB", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Buffer();

    [GeneratedRegex(@"cache state: [0-9]+ prompts?, (?<megabytes>[0-9.]+) MiB", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex RamCache();
}
