using EdgeMas.Devices.Boards;
using EdgeMas.Host.Configuration;

namespace EdgeMas.Host.Boards;

/// <summary>The boards that this copy of EdgeMas knows.</summary>
internal static class BoardShelf
{
    /// <summary>The simulated board's name.</summary>
    public const string Simulated = "simboard";

    /// <returns><c>hardware/boards</c> beside the program or in a folder above it; null where the product came without one.</returns>
    public static string? Folder()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (Path.Combine(directory.FullName, "hardware", "boards") is var path && Directory.Exists(path))
                return path;
        }
        return null;
    }

    /// <returns>In the order of their names.</returns>
    /// <exception cref="ConfigurationException">A file cannot be used.</exception>
    public static IReadOnlyList<Board> Read(string folder) => [.. Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal).Select(BoardFile.Read)];
}
