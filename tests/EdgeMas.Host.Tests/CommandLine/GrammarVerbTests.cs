using EdgeMas.Host.CommandLine;

namespace EdgeMas.Host.Tests.CommandLine;

/// <summary><c>edgemas grammar check</c> by its exit codes: 0 valid, 1 not, 2 wrong usage or a wrong grammar.</summary>
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

        Assert.Equal(code, await RunAsync(kind, grammarFile, "--instance", instanceFile));
    }

    [Fact]
    public async Task One_grammar_is_needed_and_no_second()
    {
        Assert.Equal(2, await RunAsync("--instance", "x"));
        Assert.Equal(2, await RunAsync("--regex", "a", "--gbnf", "b", "--instance", "x"));
        Assert.Equal(2, await RunAsync("--regex", Path.Combine(_folder, "missing"), "--instance", Path.Combine(_folder, "missing")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task<int> RunAsync(params string[] arguments) => RootVerb.Create().Parse(["grammar", "check", .. arguments]).InvokeAsync(cancellationToken: Token);
}
