using System.Diagnostics;

namespace EdgeMas.Host.Hil;

/// <summary>Programs on the board.</summary>
internal static class BoardProgram
{
    /// <summary>Whether a process is no more, or nothing but a remainder that nobody waits for.</summary>
    public static bool IsGone(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Length == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Runs one to its end.</summary>
    /// <param name="output">What it wrote, its errors last.</param>
    /// <returns>Its exit code.</returns>
    /// <exception cref="HilFailure">It does not start, or has not ended in time; then it is killed.</exception>
    public static int Run(string program, IEnumerable<string> arguments, TimeSpan limit, TimeProvider time, out string output)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new HilFailure($"{program} did not start");
        using var timer = new CancellationTokenSource(limit, time);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(timer.Token);
            output = process.StandardOutput.ReadToEndAsync(timer.Token).GetAwaiter().GetResult();
            process.WaitForExitAsync(timer.Token).GetAwaiter().GetResult();
            output += errors.GetAwaiter().GetResult();
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new HilFailure($"{Path.GetFileName(program)} has not ended within {limit.TotalSeconds} s");
        }
    }
}
