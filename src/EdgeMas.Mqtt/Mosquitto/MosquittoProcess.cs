using System.ComponentModel;
using System.Diagnostics;

namespace EdgeMas.Mqtt.Mosquitto;

/// <summary>
/// One run of the mosquitto program. A thread of its own starts it and waits for its end: the kernel ends the program with that thread, so that not even a
/// killed host leaves a broker behind (<c>setpriv --pdeathsig</c>, where util-linux is installed).
/// </summary>
internal sealed class MosquittoProcess : IDisposable
{
    private const int KeptLines = 20;

    private static readonly string[] SystemFolders = ["/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/sbin"];

    private readonly Process _process;
    private readonly Queue<string> _lastLines = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _running = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private MosquittoProcess(string program, string configuration, Action<string> onLine)
    {
        var guard = Find("setpriv");
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(guard ?? program)
            {
                UseShellExecute = false,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                RedirectStandardInput = true,
                WorkingDirectory = Path.GetDirectoryName(configuration),
            },
        };
        var arguments = _process.StartInfo.ArgumentList;
        foreach (var argument in guard is null ? [] : new[] { "--pdeathsig", "KILL", "--", program })
            arguments.Add(argument);
        arguments.Add("-c");
        arguments.Add(configuration);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data, onLine);
        _process.OutputDataReceived += (_, line) => Keep(line.Data, onLine);
    }

    internal int Id => _process.Id;

    /// <summary>Completes when it says that it listens.</summary>
    internal Task Running => _running.Task;

    /// <summary>Completes with the exit code.</summary>
    internal Task<int> Ended => _ended.Task;

    /// <summary>What it said last.</summary>
    internal string LastWords
    {
        get
        {
            lock (_lastLines)
                return string.Join("; ", _lastLines);
        }
    }

    /// <exception cref="MosquittoMissingException">There is no such program.</exception>
    internal static async Task<MosquittoProcess> StartAsync(string program, string configuration, Action<string> onLine)
    {
        var path = MosquittoBroker.RequireProgram(program);
        var process = new MosquittoProcess(path, configuration, onLine);
        new Thread(process.Live) { IsBackground = true, Name = "mosquitto" }.Start();
        try
        {
            await process._started.Task;
            return process;
        }
        catch (Win32Exception error)
        {
            process.Dispose();
            throw new MosquittoMissingException(path, error);
        }
    }

    /// <summary>Asks it to end, and kills it when it has not after the limit.</summary>
    internal async Task StopAsync(TimeSpan limit, TimeProvider time)
    {
        if (!Ended.IsCompleted)
            Native.Signals.Terminate(_process.Id);
        await ((Task)Ended).WaitAsync(limit, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Ended.IsCompleted)
            return;
        _process.Kill(entireProcessTree: true);
        await Ended;
    }

    public void Dispose() => _process.Dispose();

    internal static string? Find(string program)
    {
        if (program.Contains('/'))
            return File.Exists(program) ? Path.GetFullPath(program) : null;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Concat(SystemFolders);
        return folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
    }

    private void Live()
    {
        try
        {
            _process.Start();
            _process.StandardInput.Close();
            _process.BeginErrorReadLine();
            _process.BeginOutputReadLine();
        }
#pragma warning disable CA1031 // handed to whoever started it
        catch (Exception error)
#pragma warning restore CA1031
        {
            _started.SetException(error);
            return;
        }
        _started.SetResult();
        _process.WaitForExit();
        _ended.SetResult(_process.ExitCode);
    }

    private void Keep(string? line, Action<string> onLine)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        lock (_lastLines)
        {
            if (_lastLines.Count == KeptLines)
                _lastLines.Dequeue();
            _lastLines.Enqueue(line);
        }
        if (line.StartsWith("mosquitto version", StringComparison.Ordinal) && line.EndsWith("running", StringComparison.Ordinal))
            _running.TrySetResult();
        onLine(line);
    }
}
