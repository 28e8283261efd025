using System.CommandLine;
using System.Text.Json.Nodes;
using EdgeMas.Host.Configuration;

namespace EdgeMas.Host.CommandLine;

/// <summary><c>edgemas validate FILE</c></summary>
internal static class ValidateVerb
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A robot's YAML file" };
        var json = Verb.JsonOption();
        var verb = Verb.Create("validate", "Checks a robot's configuration and tells every error with its place and mend.", "edgemas validate configs/rover-sim.yaml");
        verb.Add(file);
        verb.Add(json);
        verb.Do((result, _) => Task.FromResult(Validate(result.GetRequiredValue(file), result.GetValue(json))));
        return verb;
    }

    private static int Validate(string file, bool json)
    {
        try
        {
            var configuration = ConfigurationReader.Read(file);
            Console.WriteLine(json
                ? new JsonObject { ["file"] = file, ["valid"] = true, ["errors"] = new JsonArray() }.ToJsonString(JsonText.Options)
                : $"{file} is valid: robot {configuration.Robot} of fleet {configuration.Fleet}, broker {configuration.Broker.Kind}, model {configuration.Model.Name}");
            return ExitCode.Done;
        }
        catch (ConfigurationException error) when (json)
        {
            var errors = error.Errors.Select(JsonNode (e) => new JsonObject
            {
                ["line"] = e.Line, ["column"] = e.Column, ["key"] = e.Key, ["problem"] = e.Problem,
            });
            Console.WriteLine(new JsonObject { ["file"] = file, ["valid"] = false, ["errors"] = new JsonArray([.. errors]) }.ToJsonString(JsonText.Options));
            return ExitCode.Usage;
        }
    }
}
