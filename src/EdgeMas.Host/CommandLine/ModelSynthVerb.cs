using System.CommandLine;
using System.Text.Json.Nodes;
using EdgeMas.Inference.Synthesis;

namespace EdgeMas.Host.CommandLine;

/// <summary><c>edgemas models synth</c></summary>
internal static class ModelSynthVerb
{
    public static Command Create()
    {
        var shape = new Option<string>("--shape") { Description = "The network's measures", Required = true };
        shape.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, [.. ModelShape.All.Select(known => known.Name)]);
        var quant = new Option<string>("--quant") { Description = "How the weights are stored", DefaultValueFactory = _ => "Q4_0" };
        quant.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, [.. WeightFormat.All.Select(known => known.Name)]);
        var output = new Option<string>("--out") { Description = "The GGUF file to write; an older one is replaced", Required = true };
        var vocabulary = new Option<string?>("--vocab") { Description = "A GGUF file whose vocabulary and chat template to take, in its own size" };
        var seed = new Option<uint>("--seed") { Description = "Other numbers make other weights", DefaultValueFactory = _ => 1 };
        var json = Verb.JsonOption();
        var verb = Verb.Create(
            "synth",
            "Writes a model of a real architecture with random weights, to measure with: as fast and as large as a trained one, and what it says means nothing.",
            "edgemas models synth --shape qwen2.5-0.5b --quant Q4_0 --out bench.gguf");
        foreach (var option in new Option[] { shape, quant, output, vocabulary, seed, json })
            verb.Add(option);
        verb.Do(async (result, cancellationToken) =>
        {
            using var signals = new StopSignals(cancellationToken); // Ctrl-C leaves no half of a file
            var path = Path.GetFullPath(result.GetRequiredValue(output));
            await SyntheticModel.WriteAsync(
                path,
                ModelShape.All.First(known => known.Name.Equals(result.GetRequiredValue(shape), StringComparison.OrdinalIgnoreCase)),
                WeightFormat.All.First(known => known.Name.Equals(result.GetRequiredValue(quant), StringComparison.OrdinalIgnoreCase)),
                result.GetValue(vocabulary),
                result.GetValue(seed),
                new ByteProgress().Show,
                signals.Token);
            var bytes = new FileInfo(path).Length;
            Console.WriteLine(result.GetValue(json)
                ? new JsonObject { ["path"] = path, ["bytes"] = bytes }.ToJsonString(JsonText.Options)
                : $"{path}: {bytes:N0} bytes");
            return ExitCode.Done;
        });
        return verb;
    }
}
