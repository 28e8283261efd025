using System.Runtime.InteropServices;

namespace EdgeMas.Core.Assets;

/// <summary>
/// Finds what setup fetched and what the product ships beside its code: native libraries of npm packages, models, programs built by setup. It looks where
/// <c>EDGEMAS_NATIVE</c> and <c>EDGEMAS_MODELS</c> point, else in <c>native/</c> and <c>models/</c> of the program's folder or of the nearest folder above it.
/// </summary>
public static class AssetLocator
{
    /// <summary>node-style name of this machine: linux-x64 or linux-arm64.</summary>
    public static string Platform => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";

    /// <summary>A folder or file below <c>native/</c>, such as <c>node_modules/@node-llama-cpp/linux-x64/bins/linux-x64</c>.</summary>
    /// <returns>Absolute path, or null where setup has not put it.</returns>
    public static string? FindNative(string relativePath) => Find("EDGEMAS_NATIVE", "native", relativePath);

    /// <summary>A file below <c>models/</c>.</summary>
    /// <returns>Absolute path, or null.</returns>
    public static string? FindModel(string relativePath) => Find("EDGEMAS_MODELS", "models", relativePath);

    private static string? Find(string variable, string folder, string relativePath)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named)
            return Existing(Path.Combine(named, relativePath));
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (Existing(Path.Combine(directory.FullName, folder, relativePath)) is { } found)
                return found;
        }
        return null;
    }

    private static string? Existing(string path) => Path.Exists(path) ? Path.GetFullPath(path) : null;
}
