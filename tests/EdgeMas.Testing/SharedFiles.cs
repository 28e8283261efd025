using EdgeMas.Core.Assets;
using Xunit;

namespace EdgeMas.Testing;

/// <summary>Files that tests use and the repository does not hold: the shared folder's, and Debian's test data. A missing one skips the test, with its name.</summary>
public static class SharedFiles
{
    /// <summary>A file of the shared folder (<c>EDGEMAS_SHARED</c>, by default <c>../shared</c> beside the repository), such as <c>media/jfk.wav</c>.</summary>
    public static string Require(string relativePath) =>
        Find(relativePath) ?? throw Skip($"{relativePath} is not in the shared folder: set EDGEMAS_SHARED to it");

    public static string? Find(string relativePath) => Root is { } root && Path.Exists(Path.Combine(root, relativePath)) ? Path.Combine(root, relativePath) : null;

    /// <summary>"go forward ten meters", spoken by a person: 16 kHz, mono, 16-bit raw samples.</summary>
    public static string RequireGoForward() => RequireFile("/usr/share/pocketsphinx/test/data/goforward.raw", "pocketsphinx-testdata");

    public static string RequireNative(string relativePath) =>
        AssetLocator.FindNative(relativePath) ?? throw Skip($"native/{relativePath} is missing: run scripts/setup.sh");

    /// <param name="package">The Debian package that holds the file.</param>
    public static string RequireFile(string path, string package) => Path.Exists(path) ? path : throw Skip($"{path} is missing: install Debian's {package}");

    private static string? Root
    {
        get
        {
            if (Environment.GetEnvironmentVariable("EDGEMAS_SHARED") is { Length: > 0 } named)
                return Directory.Exists(named) ? Path.GetFullPath(named) : null;
            for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            {
                if (File.Exists(Path.Combine(directory.FullName, "EdgeMas.sln")))
                {
                    var beside = Path.Combine(directory.FullName, "..", "shared");
                    return Directory.Exists(beside) ? Path.GetFullPath(beside) : null;
                }
            }
            return null;
        }
    }

    private static InvalidOperationException Skip(string reason)
    {
        Assert.Skip(reason);
        return new InvalidOperationException(reason); // Assert.Skip has thrown
    }
}
