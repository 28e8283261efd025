using System.Diagnostics;
using System.Text.Json.Nodes;
using EdgeMas.Host.CommandLine;

namespace EdgeMas.Host.Bench;

/// <summary>llama.cpp's own programs.</summary>
internal static class Peer
{
    /// <exception cref="UsageException">The program is not in the folder.</exception>
    public static string Require(string folder, string program) => Path.Combine(folder, program) is var path && File.Exists(path)
        ? Path.GetFullPath(path)
        : throw new UsageException($"edgemas: --peer: there is no {program} in {folder}; name the folder with llama.cpp's llama-server and llama-bench");

    /// <returns>Tokens a second: for a prompt of that length, for output of that length into an empty context, and for output after the prompt.</returns>
    public static async Task<(double Prompt, double Output, double OutputAfterPrompt)> BenchAsync(string folder, string model, int promptTokens, int outputTokens, int threads, CancellationToken cancellationToken)
    {
        string[] arguments = ["-m", model, "-p", $"{promptTokens}", "-n", $"{outputTokens}", "-d", $"0,{promptTokens}", "-t", $"{threads}", "-r", "1", "-o", "json"];
        var start = new ProcessStartInfo(Require(folder, "llama-bench"), arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new FailureException("llama-bench does not start");
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
                throw new FailureException($"llama-bench ended with {process.ExitCode}: {(await errors).Trim()}");
            var tests = JsonNode.Parse(output)!.AsArray();
            return (SpeedOf(tests, "n_prompt", 0), SpeedOf(tests, "n_gen", 0), SpeedOf(tests, "n_gen", promptTokens));
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static double SpeedOf(JsonArray tests, string kind, int depth) => (double)tests.First(test => (int)test![kind]! > 0 && (int)test["n_depth"]! == depth)!["avg_ts"]!;
}
