using EdgeMas.Core.Assets;
using EdgeMas.Host.CommandLine;

namespace EdgeMas.Host.Hil;

/// <summary>The simulated board's kernel and module.</summary>
/// <param name="Kernel">User-Mode Linux: a program.</param>
/// <param name="Module">boardsim.ko, built for it.</param>
internal sealed record SimBoardFiles(string Kernel, string Module)
{
    private const string KernelName = "linux-uml";
    private const string ModuleName = "boardsim.ko";

    /// <param name="folder">Named by the user; null to look where they usually are.</param>
    /// <exception cref="FailureException">They are nowhere.</exception>
    public static SimBoardFiles Find(string? folder)
    {
        foreach (var place in folder is null ? UsualPlaces() : [folder])
        {
            var files = new SimBoardFiles(Path.GetFullPath(Path.Combine(place, KernelName)), Path.GetFullPath(Path.Combine(place, ModuleName)));
            if (File.Exists(files.Kernel) && File.Exists(files.Module))
                return files;
        }
        throw new FailureException($"the simulated board's kernel ({KernelName}, {ModuleName}) is not {(folder is null ? "here" : $"in {folder}")}: "
            + "build it once with scripts/simboard.sh, or name its folder with --kernel or EDGEMAS_SIMBOARD");
    }

    private static IEnumerable<string> UsualPlaces()
    {
        if (Environment.GetEnvironmentVariable("EDGEMAS_SIMBOARD") is { Length: > 0 } named)
        {
            yield return named;
            yield break;
        }
        if (AssetLocator.FindNative("build/simboard") is { } built)
            yield return built;
        if (Environment.GetEnvironmentVariable("EDGEMAS_SHARED") is { Length: > 0 } shared)
            yield return Path.Combine(shared, "hil");
        if (AssetLocator.FindNative(".") is { } native) // ../shared stands beside the checkout
            yield return Path.Combine(native, "..", "..", "shared", "hil");
    }
}
