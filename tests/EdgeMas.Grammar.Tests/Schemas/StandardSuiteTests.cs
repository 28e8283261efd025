using System.Text.Json;
using EdgeMas.Grammar.Schemas;
using EdgeMas.Testing;

namespace EdgeMas.Grammar.Tests.Schemas;

/// <summary>The JSON Schema organisation's own tests, draft 2020-12, as Debian ships them: no verdict may be wrong; a schema may be refused.</summary>
public sealed class StandardSuiteTests(ITestOutputHelper output)
{
    private const string Folder = "/usr/share/perl5/auto/share/dist/Test-JSON-Schema-Acceptance/tests/draft2020-12";

    [Fact]
    public void No_verdict_on_the_standards_own_tests_is_wrong()
    {
        var folder = SharedFiles.RequireFile(Folder, "libtest-json-schema-acceptance-perl");
        var wrong = new List<string>();
        var (schemas, refused, tests) = (0, 0, 0);
        foreach (var file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            using var groups = JsonDocument.Parse(File.ReadAllText(file));
            foreach (var group in groups.RootElement.EnumerateArray())
            {
                schemas++;
                var name = $"{Path.GetRelativePath(folder, file)}: {group.GetProperty("description").GetString()}";
                try
                {
                    var grammar = CompiledGrammar.FromSchema(group.GetProperty("schema"), new SchemaOptions { FreeWhitespace = true, AssertFormats = file.Contains("optional", StringComparison.Ordinal) });
                    foreach (var test in group.GetProperty("tests").EnumerateArray())
                    {
                        tests++;
                        if (grammar.Accepts(test.GetProperty("data")) != test.GetProperty("valid").GetBoolean())
                            wrong.Add($"{name}: {test.GetProperty("description").GetString()}: {test.GetProperty("data").GetRawText()}");
                    }
                }
                catch (SchemaException refusal)
                {
                    refused++;
                    output.WriteLine($"refused {name}: {refusal.Message}");
                }
            }
        }
        output.WriteLine($"{schemas} schemas, {refused} refused, {tests} verdicts, {wrong.Count} wrong");
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }
}
