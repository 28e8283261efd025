using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using EdgeMas.Control.Process;
using EdgeMas.Host.CommandLine;

namespace EdgeMas.Host.Hil;

/// <summary>A <see cref="DrivingHost"/>, or a <see cref="MovingHost{TGoal, TBody}"/> for other vehicles, in a process of its own, on the board. Any thread.</summary>
internal sealed class HostProgram : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<JsonElement> _lines = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private volatile object? _last;
    private bool _isDisposed;

    /// <param name="file">A robot's configuration.</param>
    /// <param name="dataFolder">Its own.</param>
    public HostProgram(string file, string dataFolder)
    {
        var program = OwnProgram.Words;
        var start = new ProcessStartInfo(program[0], [.. program.Skip(1), "hil", "driver", file, dataFolder]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, told) => Take(told.Data);
        _process.ErrorDataReceived += (_, told) => _errors.Enqueue(told.Data ?? "");
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>A copy of a robot's shipped file in which its control loop runs otherwise.</summary>
    /// <param name="name">Of the copy, without its end.</param>
    /// <param name="control">What stands behind <c>control:</c>.</param>
    /// <param name="changes">Other texts that are replaced.</param>
    /// <returns>The copy's path.</returns>
    public static string CopyOf(string shipped, string name, string control, params ReadOnlySpan<(string Right, string Other)> changes)
    {
        var text = File.ReadAllText(shipped);
        text = text.Replace(text.Split('\n').First(line => line.StartsWith("control:", StringComparison.Ordinal)), $"control: {control}", StringComparison.Ordinal);
        foreach (var (right, other) in changes)
            text = text.Replace(right, other, StringComparison.Ordinal);
        var file = Path.Combine(Path.GetTempPath(), $"{name}-{Environment.ProcessId}.yaml");
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>Starts a host and waits until it has a control loop.</summary>
    public static HostProgram Start(HilBench bench, string file, string dataFolder)
    {
        var host = new HostProgram(file, dataFolder);
        try
        {
            bench.Until(
                () =>
                {
                    host.Check();
                    return host.Last is not null;
                }, () => $"the host has a control loop; {string.Join("; ", host.Said)}", bench.HostPatience);
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    public int ProcessId => _process.Id;

    public bool IsAlive => !_isDisposed && !_process.HasExited;

    /// <summary>Everything that it said of a core's death and return.</summary>
    public IReadOnlyList<string> Said => [.. _lines.Where(line => line.TryGetProperty("said", out _)).Select(line => line.GetProperty("said").GetString()!)];

    /// <summary>Its states, oldest first.</summary>
    public IReadOnlyList<JsonElement> States => [.. _lines.Where(line => line.TryGetProperty("state", out _))];

    /// <summary>Process of the core, as it knows it; 0 for a loop inside.</summary>
    public int Core => Last is { } last ? last.GetProperty("core").GetInt32() : 0;

    /// <summary>How many of the orders given to it the control loop had in its hands.</summary>
    public int Taken => Last is { } last ? last.GetProperty("taken").GetInt32() : 0;

    public string State => Text("state");

    public string Cause => Text("cause");

    /// <summary>Who engaged the emergency stop.</summary>
    public string Stop => Text("stop");

    /// <summary>Milliseconds that a host had been silent when the core last stopped because of it, and by how much its ticks were late at worst; of an arm's host.</summary>
    public (double Silence, double Lateness) Figures => Last is { } last ? (last.GetProperty("silence_ms").GetDouble(), last.GetProperty("late_ms").GetDouble()) : default;

    public IReadOnlyList<string> Troubles => Last is { } last ? [.. last.GetProperty("troubles").EnumerateArray().Select(trouble => trouble.GetString()!)] : ["nothing was told yet"];

    /// <exception cref="HilFailure">It ended by itself.</exception>
    public void Check()
    {
        if (_process.HasExited)
            throw new HilFailure($"the host ended with {_process.ExitCode}: {string.Join(' ', _errors)}");
    }

    public void Tell(string command)
    {
        _process.StandardInput.WriteLine(command);
        _process.StandardInput.Flush();
    }

    /// <summary>Releases the stop, once, and waits for it: a second time would still lie with a host that is paused then, and release its next stop.</summary>
    public void Release(HilBench bench)
    {
        Tell("release");
        bench.Until(() => Stop == "None", () => $"the stop is released; the host tells {Stop}: {string.Join("; ", Troubles)}", bench.HostPatience);
    }

    public void UntilReplaced(HilBench bench, int core) => bench.Until(
        () => Core != core && Said.Any(line => line.Contains("was started anew", StringComparison.Ordinal)), () => $"the core is replaced; the host says {string.Join("; ", Said)}", bench.HostPatience);

    /// <summary>Leaves neither host nor core, however they are.</summary>
    public void KillWithCore(HilBench bench)
    {
        var core = Core;
        Dispose(); // killed first, so that it cannot put another core in this one's place
        ProcessSignals.Kill(core);
        bench.Until(() => core == 0 || BoardProgram.IsGone(core), () => "the core is gone", bench.HostPatience); // it may be talking to a chip
    }

    public void Kill() => ProcessSignals.Kill(_process.Id);

    public void Pause() => ProcessSignals.Pause(_process.Id);

    public void Continue() => ProcessSignals.Continue(_process.Id);

    /// <summary>Kills it where it still runs.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    /// <summary>Lets it end by itself, its core with it.</summary>
    public void End(TimeSpan limit)
    {
        Tell("end");
        if (!_process.WaitForExit(limit))
            throw new HilFailure($"the host has not ended within {limit.TotalSeconds} s");
    }

    private JsonElement? Last => _last as JsonElement?;

    private string Text(string name) => Last is { } last ? last.GetProperty(name).GetString()! : "";

    private void Take(string? line)
    {
        if (line is null || !line.StartsWith('{'))
            return;
        var told = JsonDocument.Parse(line).RootElement;
        _lines.Enqueue(told);
        if (told.TryGetProperty("state", out _))
            _last = told;
    }
}
