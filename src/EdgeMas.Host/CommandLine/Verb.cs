using System.CommandLine;
using EdgeMas.Core.Models;
using EdgeMas.Host.Configuration;

namespace EdgeMas.Host.CommandLine;

/// <summary>Makes a command: its help ends with an example, and its errors become one line on standard error and an exit code.</summary>
internal static class Verb
{
    public static Command Create(string name, string description, string example) =>
        new(name, $"{description}{Environment.NewLine}{Environment.NewLine}Example:{Environment.NewLine}  {example}");

    public static Option<bool> JsonOption() => new("--json") { Description = "Print JSON for machines" };

    public static void Do(this Command command, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction(async (result, cancellationToken) =>
        {
            try
            {
                return await action(result, cancellationToken);
            }
            catch (Exception error) when (error is ConfigurationException or UsageException)
            {
                await Console.Error.WriteLineAsync(error.Message);
                return ExitCode.Usage;
            }
            catch (Exception error) when (error is FailureException or ModelException or IOException or UnauthorizedAccessException or TimeoutException or DllNotFoundException)
            {
                await Console.Error.WriteLineAsync($"edgemas: {error.Message}");
                return ExitCode.Failed;
            }
            catch (OperationCanceledException)
            {
                await Console.Error.WriteLineAsync("edgemas: cancelled");
                return ExitCode.Failed;
            }
        });
}
