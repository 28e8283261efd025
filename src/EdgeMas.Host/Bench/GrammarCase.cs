using System.Text.Json;
using EdgeMas.Core;
using EdgeMas.Grammar;
using EdgeMas.Host.CommandLine;

namespace EdgeMas.Host.Bench;

/// <summary>A schema with valid instances, as <c>edgemas grammar eval</c> reads them, and perhaps what llama.cpp's own converter makes of it.</summary>
/// <param name="Kind">Schemas of one kind are measured together: the line's <c>kind</c>, or the file's name.</param>
/// <param name="Gbnf">The same grammar in llama.cpp's notation (<c>gbnf</c>), or null.</param>
internal sealed record GrammarCase(string Kind, JsonElement Schema, IReadOnlyList<JsonElement> Instances, string? Gbnf)
{
    /// <exception cref="UsageException">The file is missing, or a line is not what is expected.</exception>
    public static IReadOnlyList<GrammarCase> ReadAll(string file)
    {
        if (!File.Exists(file))
            throw new UsageException($"{file}: there is no such file");
        return [.. File.ReadLines(file).Select((line, index) => (line, index)).Where(static at => !string.IsNullOrWhiteSpace(at.line)).Select(at => Read(file, at.line, at.index + 1))];
    }

    private static GrammarCase Read(string file, string line, int number)
    {
        try
        {
            var root = UntrustedJson.Parse(line, "not JSON", CompiledGrammar.MaxDepth);
            var tests = root.TryGetProperty("tests", out var listed) ? listed.EnumerateArray() : [];
            return new GrammarCase(
                (root.TryGetProperty("kind", out var kind) ? kind.GetString() : null) ?? Path.GetFileNameWithoutExtension(file),
                root.GetProperty("schema"),
                [.. tests.Where(static test => test.GetProperty("valid").GetBoolean()).Select(static test => test.GetProperty("data"))],
                root.TryGetProperty("gbnf", out var gbnf) ? gbnf.GetString() : null);
        }
        catch (Exception error) when (error is FormatException or KeyNotFoundException or InvalidOperationException)
        {
            throw new UsageException($"{file}:{number}: expected {{\"schema\": …, \"tests\": [{{\"data\": …, \"valid\": bool}}]}}: {error.Message}");
        }
    }
}
