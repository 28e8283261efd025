using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeMas.Grammar.Tests.Ajv;

/// <summary>The validator ajv (npm), run by node: a second opinion that shares nothing with the grammars. Skips the test where node or the package is missing.</summary>
internal static class AjvJudge
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>One run of node for all questions.</summary>
    /// <returns>For each schema its instances' verdicts, or null where ajv does not take it.</returns>
    internal static async Task<IReadOnlyList<bool[]?>> JudgeAsync(IEnumerable<(JsonNode Schema, IReadOnlyList<string> Instances)> questions, CancellationToken cancellationToken)
    {
        var script = FindScript();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(Patience);
        using var node = Start(script);
        try
        {
            var answers = ReadAsync(node.StandardOutput, stop.Token);
            var complaint = node.StandardError.ReadToEndAsync(stop.Token);
            foreach (var (schema, instances) in questions)
            {
                var line = new JsonObject { ["schema"] = schema.DeepClone(), ["instances"] = new JsonArray([.. instances.Select(static text => JsonValue.Create(text))]) };
                await node.StandardInput.WriteLineAsync(line.ToJsonString().AsMemory(), stop.Token);
            }
            node.StandardInput.Close();
            var verdicts = await answers;
            await node.WaitForExitAsync(stop.Token);
            Assert.True(node.ExitCode == 0, await complaint);
            return verdicts;
        }
        finally
        {
            if (!node.HasExited)
                node.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(string script)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("node", [script]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("node is missing: run scripts/setup.sh --tests");
            throw;
        }
    }

    private static async Task<IReadOnlyList<bool[]?>> ReadAsync(StreamReader lines, CancellationToken cancellationToken)
    {
        var answers = new List<bool[]?>();
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            using var answer = JsonDocument.Parse(line);
            answers.Add(answer.RootElement.TryGetProperty("verdicts", out var verdicts) ? [.. verdicts.EnumerateArray().Select(static verdict => verdict.GetBoolean())] : null);
        }
        return answers;
    }

    private static string FindScript()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var script = Path.Combine(directory.FullName, "Ajv", "judge.mjs");
            if (!File.Exists(script))
                continue;
            if (!Directory.Exists(Path.Combine(directory.FullName, "Ajv", "node_modules", "ajv")))
                Assert.Skip("ajv is not installed: run scripts/setup.sh --tests");
            return script;
        }
        Assert.Skip("Ajv/judge.mjs is not beside the tests: they do not run in a checkout");
        return "";
    }
}
