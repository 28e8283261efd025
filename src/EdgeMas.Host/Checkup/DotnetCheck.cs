using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeMas.Host.Checkup;

/// <summary>The runtime that this program runs on.</summary>
internal sealed class DotnetCheck : ICheck
{
    public string Name => ".NET";

    public bool IsNeeded(Patient patient) => true;

    public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Finding>>(
    [
        RuntimeInformation.RuntimeIdentifier is "linux-x64" or "linux-arm64" || OperatingSystem.IsLinux()
            ? Finding.Ok(Name, $"{RuntimeInformation.FrameworkDescription}{(RuntimeFeature.IsDynamicCodeSupported ? "" : ", compiled to one native program,")} on {RuntimeInformation.OSDescription}, {RuntimeInformation.RuntimeIdentifier}")
            : new Finding(Name, Verdict.Warning, $"{RuntimeInformation.OSDescription}: only Linux on x64 and arm64 was tried", "use Debian, Ubuntu or Raspberry Pi OS"),
    ]);
}
