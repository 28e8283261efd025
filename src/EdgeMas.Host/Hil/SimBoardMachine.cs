using System.Diagnostics;
using System.Text;
using EdgeMas.Host.CommandLine;

namespace EdgeMas.Host.Hil;

/// <summary>
/// Boots the simulated board as a process of this computer and runs a program of it inside. The board sees the computer's files and may write none of them, except
/// in a folder of its own.
/// </summary>
internal sealed class SimBoardMachine(SimBoardFiles files)
{
    /// <summary>The script that the board's kernel starts as its first process. What it needs to know stands in the lines put before it.</summary>
    private const string Init = """
        mount -t proc proc /proc
        mount -t sysfs sys /sys
        mount -t configfs cfg /sys/kernel/config
        mount -t tmpfs tmp /run
        mkdir /dev/shm
        mount -t tmpfs shm /dev/shm
        mount -t hostfs none /mnt -o "$EDGEMAS_OUT"
        export HOME=/run TMPDIR=/run DOTNET_EnableDiagnostics=0 DOTNET_TieredPGO=0
        cd /run
        "$@" 2>/mnt/errors
        echo $? >/mnt/exit
        sync
        echo o >/proc/sysrq-trigger
        while :; do read nothing </dev/console || :; done
        """;

    /// <summary>
    /// Starts the kernel with a cable between the board's serial ports <c>ttyS1</c> and <c>ttyS2</c>: a pipe a direction, which the kernel inherits. A pipe that is open for
    /// reading and writing neither waits for the other end nor ends. Each end is opened for itself: the kernel waits for one thing only of a descriptor.
    /// </summary>
    private const string Boot = """
        ulimit -c 0; mkfifo "$1/tx" "$1/rx" && exec 3<>"$1/rx" 4<>"$1/tx" 5<>"$1/tx" 6<>"$1/rx" && shift && exec "$@"
        """;

    private static readonly string[] Cable = ["ssl1=fd:3,fd:4", "ssl2=fd:5,fd:6"];

    /// <summary>A board whose watchdog nobody feeds ends, and says why: User-Mode Linux that restarts itself may spin for good.</summary>
    private const string Watchdog = "softdog.soft_panic=1";

    /// <param name="arguments">Of edgemas.</param>
    /// <param name="onLine">Takes what it writes to its standard output, line by line.</param>
    /// <exception cref="FailureException">The board did not boot, did not end in time, or the program failed.</exception>
    public async Task RunAsync(IReadOnlyList<string> arguments, Action<string> onLine, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("edgemas-simboard-");
        try
        {
            var output = folder.CreateSubdirectory("out").FullName;
            var init = Path.Combine(folder.FullName, "init");
            await File.WriteAllTextAsync(init, Script(arguments, output), cancellationToken);
            var log = await BootAsync(init, folder.FullName, onLine, limit, time, cancellationToken);
            var exit = Path.Combine(output, "exit");
            if (!File.Exists(exit))
                throw new FailureException($"the simulated board ended early: {log}");
            if ((await File.ReadAllTextAsync(exit, cancellationToken)).Trim() is not "0" and var status)
                throw new FailureException($"edgemas ended with {status} inside the simulated board: {(await File.ReadAllTextAsync(Path.Combine(output, "errors"), cancellationToken)).Trim()}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Script(IReadOnlyList<string> arguments, string output)
    {
        var script = new StringBuilder();
        foreach (var name in new[] { "PATH", "DOTNET_ROOT", "EDGEMAS_SHARED", "EDGEMAS_NATIVE", "EDGEMAS_MODELS" })
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
                script.Append("export ").Append(name).Append('=').Append(Quote(value)).Append('\n');
        }
        script.Append("EDGEMAS_OUT=").Append(Quote(output)).Append('\n');
        script.Append("set --");
        foreach (var word in OwnProgram.Words.Concat(arguments))
            script.Append(' ').Append(Quote(word));
        return script.Append('\n').Append(Init).Append('\n').ToString();
    }

    private static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <returns>The last lines that were no JSON: what the kernel said.</returns>
    private async Task<string> BootAsync(string init, string folder, Action<string> onLine, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] board = ["mem=768M", "rootfstype=hostfs", "rootflags=/", "ro", "init=/bin/sh", $"uml_dir={folder}/", "con=null", "con0=null,fd:1", .. Cable, Watchdog, "quiet", "--", init];
        foreach (var argument in new[] { "-c", Boot, "sh", folder, files.Kernel }.Concat(board))
            start.ArgumentList.Add(argument);
        using var kernel = Process.Start(start) ?? throw new FailureException($"{files.Kernel} did not start");
        using var timer = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        var log = new Queue<string>();
        try
        {
            var errors = kernel.StandardError.ReadToEndAsync(either.Token);
            while (await kernel.StandardOutput.ReadLineAsync(either.Token) is { } line)
            {
                if (line.StartsWith('{'))
                    onLine(line);
                else if (line.Trim() is { Length: > 0 } said)
                    Keep(log, said);
            }
            await kernel.WaitForExitAsync(either.Token);
            if ((await errors).Trim() is { Length: > 0 } error)
                Keep(log, error);
            return log.Count == 0 ? "it said nothing. Can it run here? It needs ptrace" : string.Join(Environment.NewLine, log);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested)
        {
            throw new FailureException($"the simulated board did not end within {limit.TotalSeconds} s: {string.Join(Environment.NewLine, log)}");
        }
        finally
        {
            if (!kernel.HasExited)
                kernel.Kill(entireProcessTree: true);
        }
    }

    private static void Keep(Queue<string> log, string line)
    {
        if (log.Count == 20)
            log.Dequeue();
        log.Enqueue(line);
    }
}
