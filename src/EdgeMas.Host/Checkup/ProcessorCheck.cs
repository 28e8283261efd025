namespace EdgeMas.Host.Checkup;

/// <summary>Cores and model of the processor.</summary>
internal sealed class ProcessorCheck : ICheck
{
    private const int Few = 2;

    public string Name => "processor";

    public bool IsNeeded(Patient patient) => false;

    public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        var text = $"{Model()}, {Environment.ProcessorCount} cores for this process";
        return Task.FromResult<IReadOnlyList<Finding>>(
        [
            Environment.ProcessorCount >= Few
                ? Finding.Ok(Name, text)
                : new Finding(Name, Verdict.Warning, text, "give the process two or more: the model computes beside the control loop"),
        ]);
    }

    /// <summary>x86 kernels write a model name; arm64 kernels write it into the device tree of a board.</summary>
    private static string Model()
    {
        const string tree = "/proc/device-tree/model";
        if (File.Exists(tree))
            return File.ReadAllText(tree).TrimEnd('\0', '\n');
        var line = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal) || line.StartsWith("CPU part", StringComparison.Ordinal));
        return line is null ? "unknown model" : line[(line.IndexOf(':') + 1)..].Trim();
    }
}
