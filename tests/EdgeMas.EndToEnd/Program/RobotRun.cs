using System.Diagnostics;
using System.Text;
using System.Text.Json;
using EdgeMas.Testing;

namespace EdgeMas.EndToEnd.Program;

/// <summary>The built program as a user runs it, in a data folder of its own that goes when the run is disposed.</summary>
internal sealed class RobotRun : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(6);

    private RobotRun(string data) => Data = data;

    internal string Data { get; }

    internal int ExitCode { get; private set; }

    internal string Errors { get; private set; } = "";

    internal IReadOnlyList<string> Lines { get; private set; } = [];

    /// <summary>What a failed test shows: the exit code, all errors and the end of the output.</summary>
    internal string Account => $"exit code {ExitCode}\n{Errors}{string.Join('\n', Lines.TakeLast(12))}";

    internal JsonElement Summary => JsonDocument.Parse(Lines[^1]).RootElement.GetProperty("summary");

    internal static string Configuration => Path.Combine(Repository, "configs", "rover-sim.yaml");

    /// <summary>Runs the rover headless, as fast as possible, until the given sounds and orders are done.</summary>
    internal static Task<RobotRun> DriveAsync(params string[] arguments) => DriveFileAsync(Configuration, arguments);

    internal static Task<RobotRun> DriveAsync(RobotFile file, params string[] arguments) => DriveFileAsync(file.Name, arguments);

    private static Task<RobotRun> DriveFileAsync(string file, string[] arguments)
    {
        var data = Directory.CreateTempSubdirectory("edgemas-e2e-").FullName;
        return RunAsync(data, ["run", file, "--headless", "--json", "--data", data, .. arguments], input: null);
    }

    internal static Task<RobotRun> ProgramAsync(string[] arguments, string? input = null) =>
        RunAsync(Directory.CreateTempSubdirectory("edgemas-e2e-").FullName, arguments, input);

    internal static ProcessStartInfo StartInfo(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("EDGEMAS_PROGRAM") ?? Path.Combine(AppContext.BaseDirectory, "edgemas"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Repository,
        };
        start.Environment["DOTNET_EnableDiagnostics"] = "0"; // a process that is killed would leave its debugging pipes behind
        if (SharedFiles.Find("models") is { } models)
            start.Environment["EDGEMAS_MODELS"] = models;
        return start;
    }

    public void Dispose() => Directory.Delete(Data, recursive: true);

    private static string Repository
    {
        get
        {
            var directory = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(directory!.FullName, "EdgeMas.sln")))
                directory = directory.Parent;
            return directory.FullName;
        }
    }

    private static async Task<RobotRun> RunAsync(string data, string[] arguments, string? input)
    {
        using var process = Process.Start(StartInfo(arguments))!;
        using var limit = new CancellationTokenSource(Limit);
        var (output, errors) = (new StringBuilder(), new StringBuilder());
        try
        {
            var reading = Task.WhenAll(ReadAsync(process.StandardOutput, output, limit.Token), ReadAsync(process.StandardError, errors, limit.Token));
            if (input is not null)
                await process.StandardInput.WriteAsync(input.AsMemory(), limit.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(limit.Token);
            await reading;
            return new RobotRun(data)
            {
                ExitCode = process.ExitCode,
                Lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries),
                Errors = errors.ToString(),
            };
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException($"'edgemas {string.Join(' ', arguments)}' has not ended within {Limit.TotalMinutes} minutes. It said:\n{output}{errors}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    /// <param name="into">Has what was read so far, whatever becomes of the rest.</param>
    private static async Task ReadAsync(StreamReader from, StringBuilder into, CancellationToken cancellationToken)
    {
        var buffer = new char[4096];
        while (await from.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            into.Append(buffer, 0, read);
    }
}
