using EdgeMas.Host.CommandLine;

namespace EdgeMas.Host.Tests.CommandLine;

/// <summary><c>edgemas grammar</c> by its exit codes: 0 valid, 1 not, 2 wrong usage or a wrong grammar.</summary>
public sealed class GrammarVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edgemas-grammar-").FullName;

    [Theory]
    [InlineData("--regex", "go (left|right)\n", "go left\n", 0)]
    [InlineData("--regex", "go (left|right)", "go", 1)]
    [InlineData("--regex", "go (left", "go left", 2)]
    [InlineData("--choices", "[\"left\", \"right\"]", "right", 0)]
    [InlineData("--choices", "[\"left\", \"right\"]", "Right", 1)]
    [InlineData("--choices", "[1]", "1", 2)]
    [InlineData("--choices", "[]", "", 2)]
    [InlineData("--choices", "[\"left\", null]", "left", 2)]
    [InlineData("--choices", "null", "left", 2)]
    [InlineData("--gbnf", "root ::= \"go \" side\nside ::= \"left\" | \"right\"", "go left", 0)]
    [InlineData("--gbnf", "root ::= \"go\" \"\\n\"", "go\n", 0)]
    [InlineData("--gbnf", "root ::= \"go\"", "stop", 1)]
    [InlineData("--gbnf", "root ::= side", "left", 2)]
    [InlineData("--schema", "{\"type\": \"integer\"}", "5", 0)]
    [InlineData("--schema", "{\"type\": \"integer\"}", "5.5", 1)]
    [InlineData("--schema", "{\"type\": \"whole\"}", "5", 2)]
    public async Task The_exit_code_tells_whether_the_instance_may_be_written(string kind, string grammar, string instance, int code)
    {
        var (grammarFile, instanceFile) = (Path.Combine(_folder, "grammar"), Path.Combine(_folder, "instance"));
        await File.WriteAllTextAsync(grammarFile, grammar, Token);
        await File.WriteAllTextAsync(instanceFile, instance, Token);

        Assert.Equal(code, await RunAsync("check", kind, grammarFile, "--instance", instanceFile));
    }

    [Theory]
    [InlineData("""{"schema": {}, "tests": [{"data": 1}]}""", 0)]
    [InlineData("""{"schema": {}}""", 0)]
    [InlineData("""{"tests": []}""", 2)]
    [InlineData("5", 2)]
    [InlineData("""{"schema": {}, "tests": 5}""", 2)]
    [InlineData("""{"schema": {}, "tests": [null]}""", 2)]
    [InlineData("""{"schema": {}, "tests": [{}]}""", 2)]
    public async Task Lines_that_are_no_cases_are_told_as_such(string line, int code)
    {
        var file = Path.Combine(_folder, "cases.jsonl");
        await File.WriteAllTextAsync(file, line, Token);

        Assert.Equal(code, await RunAsync("eval", file));
    }

    [Fact]
    public async Task One_grammar_is_needed_and_no_second()
    {
        Assert.Equal(2, await RunAsync("check", "--instance", "x"));
        Assert.Equal(2, await RunAsync("check", "--regex", "a", "--gbnf", "b", "--instance", "x"));
        Assert.Equal(2, await RunAsync("check", "--regex", Path.Combine(_folder, "missing"), "--instance", Path.Combine(_folder, "missing")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task<int> RunAsync(params string[] arguments) => RootVerb.Create().Parse(["grammar", .. arguments]).InvokeAsync(cancellationToken: Token);
}
