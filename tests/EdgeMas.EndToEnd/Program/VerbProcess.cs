using System.Diagnostics;
using System.Text.Json;

namespace EdgeMas.EndToEnd.Program;

/// <summary>A verb of the built program that runs until it is interrupted, with the JSON lines that it prints.</summary>
internal sealed class VerbProcess : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly CancellationTokenSource _limit = new(Limit);
    private readonly Task<string> _errors;

    /// <param name="environment">Variables beside this process's own.</param>
    internal VerbProcess(string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = RobotRun.StartInfo(arguments);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync(_limit.Token);
    }

    /// <summary>Reads on to the first line that matches.</summary>
    internal async Task<JsonElement> UntilAsync(Func<JsonElement, bool> matches)
    {
        while (await _process.StandardOutput.ReadLineAsync(_limit.Token) is { } line)
        {
            if (JsonDocument.Parse(line).RootElement is var told && matches(told))
                return told;
        }
        Assert.Fail($"it ended before: {await _errors}");
        return default;
    }

    /// <summary>As Ctrl-C does.</summary>
    /// <returns>Exit code and the rest of what it printed.</returns>
    internal async Task<(int ExitCode, IReadOnlyList<string> Lines, string Errors)> InterruptAsync()
    {
        using (var kill = Process.Start("kill", ["-INT", $"{_process.Id}"]))
            await kill.WaitForExitAsync(_limit.Token);
        var rest = await _process.StandardOutput.ReadToEndAsync(_limit.Token);
        await _process.WaitForExitAsync(_limit.Token);
        return (_process.ExitCode, rest.Split('\n', StringSplitOptions.RemoveEmptyEntries), await _errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
        _limit.Dispose();
    }
}
