namespace EdgeMas.Host.CommandLine;

/// <summary>How this program is started again.</summary>
internal static class OwnProgram
{
    /// <summary>The file to start, and what comes before its arguments where .NET's own runtime starts the program.</summary>
    /// <exception cref="FailureException">The system does not tell.</exception>
    public static IReadOnlyList<string> Words
    {
        get
        {
            var process = Environment.ProcessPath ?? throw new FailureException("this system does not tell the program's own path");
            return Path.GetFileNameWithoutExtension(process) == "dotnet" ? [process, Path.Combine(AppContext.BaseDirectory, "edgemas.dll")] : [process];
        }
    }
}
