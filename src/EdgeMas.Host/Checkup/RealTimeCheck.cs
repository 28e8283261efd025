using System.Globalization;
using EdgeMas.Control.Pacing;

namespace EdgeMas.Host.Checkup;

/// <summary>Whether the control loop may run before everything else, and whether its memory may be kept from being swapped out. A simulation needs neither.</summary>
internal sealed class RealTimeCheck : ICheck
{
    private const long EnoughLockedBytes = 64 << 20;

    public string Name => "real time";

    public bool IsNeeded(Patient patient) => false;

    public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Finding>>([Scheduling(), LockedMemory()]);

    private Finding Scheduling() => RealTimePermission.Refusal() is { } refusal
        ? new Finding(Name, Verdict.Warning, $"SCHED_FIFO is refused: {refusal}", "'@robots - rtprio 50' in /etc/security/limits.conf for the user's group, LimitRTPRIO=50 in a systemd unit, or --cap-add SYS_NICE in a container")
        : Finding.Ok(Name, "SCHED_FIFO is granted");

    private static Finding LockedMemory()
    {
        const string name = "locked memory";
        const string key = "Max locked memory";
        var line = File.ReadLines("/proc/self/limits").FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal));
        var soft = line?[key.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        if (soft == "unlimited" || (long.TryParse(soft, CultureInfo.InvariantCulture, out var bytes) && bytes >= EnoughLockedBytes))
            return Finding.Ok(name, $"limit {soft}{(soft == "unlimited" ? "" : " bytes")}");
        return new Finding(name, Verdict.Warning, $"limit {soft ?? "unknown"} bytes", "'@robots - memlock unlimited' in /etc/security/limits.conf, or LimitMEMLOCK=infinity in a systemd unit");
    }
}
