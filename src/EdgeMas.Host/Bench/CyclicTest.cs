using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace EdgeMas.Host.Bench;

/// <summary>cyclictest of Debian's rt-tests, the usual measure of a real-time thread's lateness.</summary>
internal sealed class CyclicTest : IDisposable
{
    private const int MostMicroseconds = 100_000;

    private readonly Process _process;
    private readonly string _file = Path.GetTempFileName();

    private CyclicTest(string program, int seconds) =>
        _process = Process.Start(new ProcessStartInfo(
            program,
            ["-q", "-m", "-p90", "-i1000", "-t1", "-D", seconds.ToString(CultureInfo.InvariantCulture), "-h", MostMicroseconds.ToString(CultureInfo.InvariantCulture), $"--json={_file}"])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;

    /// <returns>Null where it is not installed.</returns>
    public static CyclicTest? TryStart(int seconds)
    {
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Select(folder => Path.Combine(folder, "cyclictest")).FirstOrDefault(File.Exists);
        return program is null ? null : new CyclicTest(program, seconds);
    }

    /// <summary>Waits for its end.</summary>
    public async Task<JsonObject> ReadAsync(CancellationToken cancellationToken)
    {
        var error = _process.StandardError.ReadToEndAsync(cancellationToken);
        _ = await _process.StandardOutput.ReadToEndAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        if (_process.ExitCode != 0)
            return new JsonObject { ["skipped"] = $"cyclictest ended with {_process.ExitCode}: {(await error).Trim()}" };
        var thread = JsonNode.Parse(await File.ReadAllTextAsync(_file, cancellationToken))!["thread"]!["0"]!;
        var counts = thread["histogram"]!.AsObject().Select(bin => (Microseconds: long.Parse(bin.Key, CultureInfo.InvariantCulture), Count: (long)bin.Value!)).OrderBy(bin => bin.Microseconds).ToArray();
        var (cycles, most) = ((long)thread["cycles"]!, (double)thread["max"]!);
        return new JsonObject { ["p50_us"] = At(0.5), ["p99_us"] = At(0.99), ["p999_us"] = At(0.999), ["max_us"] = most, ["ticks"] = cycles };

        double At(double share)
        {
            var left = (long)Math.Ceiling(share * cycles);
            foreach (var (microseconds, count) in counts)
            {
                left -= count;
                if (left <= 0)
                    return microseconds;
            }
            return most;
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        File.Delete(_file);
    }
}
