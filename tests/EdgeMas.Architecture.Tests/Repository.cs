using System.Xml.Linq;

namespace EdgeMas.Architecture.Tests;

/// <summary>The repository that these tests were built in, as files.</summary>
internal static class Repository
{
    internal static DirectoryInfo Root { get; } = FindRoot();

    /// <summary>Project files below <c>src</c>, by project name.</summary>
    internal static IReadOnlyDictionary<string, XDocument> Projects { get; } = Files("src", "*.csproj")
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file.Name), file => XDocument.Load(file.FullName), StringComparer.Ordinal);

    /// <summary>C# files that people wrote below a folder.</summary>
    internal static IEnumerable<FileInfo> Code(params string[] folders) => folders.SelectMany(folder => Files(folder, "*.cs"));

    internal static IEnumerable<DirectoryInfo> Folders(params string[] folders) => folders
        .SelectMany(folder => new DirectoryInfo(Path.Combine(Root.FullName, folder)).EnumerateDirectories("*", SearchOption.AllDirectories))
        .Where(folder => !IsBuilt(folder.FullName + Path.DirectorySeparatorChar));

    /// <summary>Path from the repository's root, with slashes.</summary>
    internal static string NameOf(FileSystemInfo file) => Path.GetRelativePath(Root.FullName, file.FullName).Replace('\\', '/');

    internal static IEnumerable<string> References(this XDocument project, string kind) =>
        project.Descendants(kind).Select(reference => (string?)reference.Attribute("Include")).OfType<string>().Select(include => include.Replace('\\', '/'));

    /// <summary>"file:line: text" of every line for which the question is answered with yes.</summary>
    internal static IEnumerable<string> Lines(this IEnumerable<FileInfo> files, Func<string, bool> question) => files.SelectMany(file => File
        .ReadLines(file.FullName)
        .Select((text, index) => (text, line: index + 1))
        .Where(at => question(at.text))
        .Select(at => $"{NameOf(file)}:{at.line}: {at.text.Trim()}"));

    private static IEnumerable<FileInfo> Files(string folder, string pattern)
    {
        var directory = new DirectoryInfo(Path.Combine(Root.FullName, folder));
        return directory.Exists ? directory.EnumerateFiles(pattern, SearchOption.AllDirectories).Where(file => !IsBuilt(file.FullName)) : [];
    }

    private static bool IsBuilt(string path) => path.Split(Path.DirectorySeparatorChar) is var parts && (parts.Contains("obj") || parts.Contains("bin") || parts.Contains("node_modules"));

    private static DirectoryInfo FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "EdgeMas.sln")))
                return directory;
        }
        throw new DirectoryNotFoundException("EdgeMas.sln is in no folder above the tests: run them where they were built");
    }
}
