using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using EdgeMas.Audio.Recognition;
using EdgeMas.Audio.VoiceActivity;
using EdgeMas.Core.Models;
using EdgeMas.Host.Configuration;

namespace EdgeMas.Host.CommandLine;

/// <summary>Makes a command: its help ends with an example, and its errors become one line on standard error and an exit code.</summary>
internal static class Verb
{
    public static Command Create(string name, string description, string example) =>
        new(name, $"{description}{Environment.NewLine}{Environment.NewLine}Example:{Environment.NewLine}  {example}");

    public static Option<bool> JsonOption() => new("--json") { Description = "Print JSON for machines" };

    /// <summary>Refuses a number outside its range; what is no number at all is refused by the option's type.</summary>
    public static void Bound(OptionResult given, double least, double most)
    {
        if (given.Tokens is [{ Value: var text }] && double.TryParse(text, CultureInfo.InvariantCulture, out var value) && !(value >= least && value <= most))
            given.AddError(string.Create(CultureInfo.InvariantCulture, $"{given.Option.Name} {text} is out of range: write {least} to {most}"));
    }

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
            catch (Exception error) when (error is FailureException or ModelException or SpeechEngineException or VoiceModelException or IOException
                or UnauthorizedAccessException or PlatformNotSupportedException or TimeoutException or DllNotFoundException)
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
