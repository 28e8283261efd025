using System.CommandLine;
using System.Text.Json.Nodes;
using EdgeMas.Host.Checkup;

namespace EdgeMas.Host.CommandLine;

/// <summary><c>edgemas doctor [CONFIG]</c></summary>
internal static class DoctorVerb
{
    public static Command Create()
    {
        var file = new Argument<string?>("configuration") { Description = "The robot's YAML file; without one, the machine alone is checked", Arity = ArgumentArity.ZeroOrOne };
        var json = Verb.JsonOption();
        var verb = Verb.Create("doctor", "Checks what a robot needs on this machine, and tells how to mend what is missing.", "edgemas doctor configs/rover-sim.yaml");
        verb.Add(file);
        verb.Add(json);
        verb.Do(async (result, cancellationToken) =>
        {
            var counts = new int[3];
            await foreach (var finding in new MachineCheckup(MachineCheckup.Usual).RunAsync(Patient.Read(result.GetValue(file)), cancellationToken))
            {
                counts[(int)finding.Verdict]++;
                Console.WriteLine(result.GetValue(json) ? ToJson(finding) : ToLine(finding));
            }
            var (ok, warnings, failed) = (counts[(int)Verdict.Ok], counts[(int)Verdict.Warning], counts[(int)Verdict.Failed]);
            Console.WriteLine(result.GetValue(json)
                ? new JsonObject { ["summary"] = new JsonObject { ["ok"] = ok, ["warning"] = warnings, ["failed"] = failed } }.ToJsonString(JsonText.Options)
                : $"{ok} ok, {warnings} {(warnings == 1 ? "warning" : "warnings")}, {failed} failed");
            return failed == 0 ? ExitCode.Done : ExitCode.Failed;
        });
        return verb;
    }

    private static string ToLine(Finding finding)
    {
        var line = $"{finding.Verdict.ToString().ToLowerInvariant(),-8} {finding.Check,-20} {finding.Text}";
        return finding.Mend is null ? line : $"{line}{Environment.NewLine}{"",-29} → {finding.Mend}";
    }

    private static string ToJson(Finding finding) => new JsonObject
    {
        ["check"] = finding.Check,
        ["verdict"] = finding.Verdict.ToString().ToLowerInvariant(),
        ["text"] = finding.Text,
        ["mend"] = finding.Mend,
    }.ToJsonString(JsonText.Options);
}
