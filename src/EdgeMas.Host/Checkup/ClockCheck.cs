namespace EdgeMas.Host.Checkup;

/// <summary>Where the kernel takes its time from: some sources are slow to read or too coarse for a control loop.</summary>
internal sealed class ClockCheck : ICheck
{
    private const string Folder = "/sys/devices/system/clocksource/clocksource0";
    private static readonly string[] Slow = ["hpet", "acpi_pm", "jiffies", "refined-jiffies", "pit"];

    public string Name => "clock source";

    public bool IsNeeded(Patient patient) => false;

    public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        var file = Path.Combine(Folder, "current_clocksource");
        if (!File.Exists(file))
            return Task.FromResult<IReadOnlyList<Finding>>([new Finding(Name, Verdict.Warning, $"the kernel does not tell: {file} is missing")]);
        var source = File.ReadAllText(file).Trim();
        return Task.FromResult<IReadOnlyList<Finding>>(
        [
            Slow.Contains(source, StringComparer.Ordinal)
                ? new Finding(Name, Verdict.Warning, $"{source}: slow to read or coarse", $"choose a better one of {File.ReadAllText(Path.Combine(Folder, "available_clocksource")).Trim()} with the kernel parameter clocksource=")
                : Finding.Ok(Name, source),
        ]);
    }
}
