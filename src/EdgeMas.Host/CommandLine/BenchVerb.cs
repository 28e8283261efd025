using System.CommandLine;

namespace EdgeMas.Host.CommandLine;

/// <summary><c>edgemas bench grammar</c></summary>
internal static class BenchVerb
{
    public static Command Create()
    {
        var verb = Verb.Create("bench", "Measures EdgeMas, and other programs beside it.", "edgemas bench grammar --model models/planner.gguf --schemas rover.jsonl");
        verb.Add(GrammarBenchVerb.Create());
        return verb;
    }
}
