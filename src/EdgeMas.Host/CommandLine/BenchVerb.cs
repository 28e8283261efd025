using System.CommandLine;

namespace EdgeMas.Host.CommandLine;

/// <summary><c>edgemas bench control|estop</c></summary>
internal static class BenchVerb
{
    public static Command Create()
    {
        var verb = Verb.Create("bench", "Measures EdgeMas, and other programs beside it.", "edgemas bench control --seconds 60 --load --json");
        verb.Add(ControlBenchVerb.CreateControl());
        verb.Add(ControlBenchVerb.CreateEStop());
        return verb;
    }
}
