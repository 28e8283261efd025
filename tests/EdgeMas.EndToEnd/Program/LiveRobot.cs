using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using EdgeMas.Core.Broker;
using EdgeMas.Testing;

namespace EdgeMas.EndToEnd.Program;

/// <summary>The built program as it stays up and takes orders, with what it tells as JSON lines, in a data folder of its own.</summary>
internal sealed class LiveRobot : IAsyncDisposable
{
    internal const string Root = "edgemas/v1/yard/rover";

    private readonly Process _process;
    private readonly ConcurrentQueue<JsonElement> _told = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly bool _ownsData;

    private LiveRobot(string data, bool ownsData, IEnumerable<string> arguments)
    {
        (Data, _ownsData) = (data, ownsData);
        _process = new Process { StartInfo = RobotRun.StartInfo(arguments) };
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => _errors.Enqueue(line.Data ?? "");
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    internal string Data { get; }

    internal int ProcessId => _process.Id;

    /// <summary>Every JSON line so far.</summary>
    internal IReadOnlyCollection<JsonElement> Told => _told;

    /// <summary>Starts a robot and returns when it is up.</summary>
    /// <param name="data">A folder that is not this robot's to remove; null for one of its own.</param>
    internal static async Task<LiveRobot> StartAsync(string? data, params string[] arguments)
    {
        var folder = data ?? Directory.CreateTempSubdirectory("edgemas-e2e-").FullName;
        var file = arguments.FirstOrDefault(argument => argument.EndsWith(".yaml", StringComparison.Ordinal)) ?? RobotRun.Configuration;
        var robot = new LiveRobot(folder, data is null, ["run", file, "--headless", "--json", "--data", folder, .. arguments.Where(argument => argument != file)]);
        try
        {
            await robot.UntilAsync(line => NoteOf(line).Contains("is up", StringComparison.Ordinal), "it is up");
            return robot;
        }
        catch
        {
            await robot.DisposeAsync();
            throw;
        }
    }

    /// <summary>How a person reaches its broker, as the robot wrote it down for <c>edgemas topic</c> and its like.</summary>
    internal BrokerEndpoint Broker()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(Data, "run", "broker.json")));
        var broker = file.RootElement;
        return new BrokerEndpoint(
            broker.GetProperty("host").GetString()!, broker.GetProperty("port").GetInt32(), UserName: broker.GetProperty("user_name").GetString(), Password: broker.GetProperty("password").GetString());
    }

    internal void Type(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>Waits for a line, whether it came already or is to come.</summary>
    /// <param name="after">Lines that are not looked at: <see cref="Told"/>'s count for only those to come.</param>
    internal async Task<JsonElement> UntilAsync(Func<JsonElement, bool> matches, string what, int after = 0)
    {
        var seen = after;
        JsonElement found = default;
        await Until.TrueAsync(Look, what, () => $"\nits last lines:\n{string.Join('\n', _told.TakeLast(12))}\n{string.Join('\n', _errors)}");
        return found;

        bool Look()
        {
            foreach (var line in _told.Skip(seen))
            {
                seen++;
                if (!matches(line))
                    continue;
                found = line;
                return true;
            }
            if (_process.HasExited && seen == _told.Count)
                Assert.Fail($"it ended with code {_process.ExitCode} before this: {what}\n{string.Join('\n', _told.TakeLast(12))}\n{string.Join('\n', _errors)}");
            return false;
        }
    }

    /// <summary>Waits for the end of the mission that came of the order.</summary>
    internal async Task<JsonElement> MissionEndAsync(string order) => DataOf(await UntilAsync(
        line => TypeOf(line) == "edgemas.mission.changed" && DataOf(line) is { ValueKind: JsonValueKind.Object } mission
            && mission.GetProperty("order").GetString() == order && mission.GetProperty("status").GetString() is not ("planning" or "running"),
        $"the mission '{order}' ends"));

    internal Task<JsonElement> UntilDrivingAsync() => UntilAsync(
        line => TypeOf(line) == "edgemas.motion.report" && DataOf(line).GetProperty("speed").GetDouble() > 0.3, "the rover drives");

    /// <summary>Types /quit and returns the summary when the process has ended.</summary>
    internal async Task<JsonElement> QuitAsync()
    {
        Type("/quit");
        var summary = (await UntilAsync(line => line.TryGetProperty("summary", out _), "the summary")).GetProperty("summary");
        await _process.WaitForExitAsync(Until.Deadline());
        return summary;
    }

    /// <summary>As <c>kill -9</c> does.</summary>
    internal async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(Until.Deadline());
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
        if (_ownsData)
            Directory.Delete(Data, recursive: true);
    }

    internal static string NoteOf(JsonElement line) => line.TryGetProperty("note", out var note) ? note.GetString()! : "";

    /// <summary>The CloudEvent's type; empty where the line is none.</summary>
    internal static string TypeOf(JsonElement line) => line.TryGetProperty("event", out var told) && told.TryGetProperty("type", out var type) ? type.GetString()! : "";

    internal static JsonElement DataOf(JsonElement line) => line.GetProperty("event").TryGetProperty("data", out var data) ? data : default;

    private void Hear(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        using var document = JsonDocument.Parse(line);
        _told.Enqueue(document.RootElement.Clone());
    }
}
