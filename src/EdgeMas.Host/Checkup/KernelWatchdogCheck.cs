using EdgeMas.Devices.Watchdog;

namespace EdgeMas.Host.Checkup;

/// <summary>The watchdog that restarts the computer when the program that feeds it is gone. It is not opened: that would start it.</summary>
internal sealed class KernelWatchdogCheck : ICheck
{
    public string Name => "kernel watchdog";

    public bool IsNeeded(Patient patient) => false;

    public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Finding>>(
    [
        KernelWatchdog.Trouble() is { } trouble
            ? new Finding(Name, Verdict.Warning, trouble.Message)
            : Finding.Ok(Name, $"{KernelWatchdog.DefaultPath} is there and permitted"),
    ]);
}
