using System.CommandLine;

namespace EdgeMas.Host.CommandLine;

/// <summary>All verbs of <c>edgemas</c>.</summary>
internal static class RootVerb
{
    public static RootCommand Create() =>
        new("EdgeMas: a runtime for robots that think on board. 'edgemas run configs/rover-sim.yaml' starts one.")
        {
            RunVerb.Create(),
            ValidateVerb.Create(),
            DoctorVerb.Create(),
            PlanVerb.Create(),
            AgentVerb.Create(),
            TopicVerb.Create(),
            ModelsVerb.Create(),
            HilVerb.Create(),
            ServeVerb.Create(),
            TopVerb.Create(),
            AudioVerb.Create(),
            VisionVerb.Create(),
            GrammarVerb.Create(),
            BenchVerb.Create(),
        };

    public static async Task<int> RunAsync(string[] arguments)
    {
        var parsed = Create().Parse(arguments);
        if (parsed.Errors.Count == 0)
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
        foreach (var error in parsed.Errors)
            await Console.Error.WriteLineAsync($"edgemas: {error.Message}");
        await Console.Error.WriteLineAsync($"edgemas: '{string.Join(' ', CommandPath(parsed.CommandResult))} --help' shows how it is used");
        return ExitCode.Usage;
    }

    private static IEnumerable<string> CommandPath(System.CommandLine.Parsing.CommandResult result)
    {
        var path = new Stack<string>();
        for (System.CommandLine.Parsing.SymbolResult? at = result; at is System.CommandLine.Parsing.CommandResult command; at = at.Parent)
            path.Push(command.Command is RootCommand ? "edgemas" : command.Command.Name);
        return path;
    }
}
