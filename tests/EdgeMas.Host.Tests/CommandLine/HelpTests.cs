using System.CommandLine;
using EdgeMas.Host.CommandLine;

namespace EdgeMas.Host.Tests.CommandLine;

public sealed class HelpTests
{
    public static TheoryData<string> Verbs => [.. Leaves(RootVerb.Create(), "edgemas").Select(leaf => leaf.Path)];

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Every_verb_shows_an_example_of_itself_and_prints_json_on_demand(string path)
    {
        var (_, verb) = Leaves(RootVerb.Create(), "edgemas").Single(leaf => leaf.Path == path);

        Assert.Contains($"Example:{Environment.NewLine}  {path}", verb.Description);
        Assert.Contains(verb.Options, option => option.Name == "--json");
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Every_example_is_understood(string path)
    {
        var root = RootVerb.Create();
        var (_, verb) = Leaves(root, "edgemas").Single(leaf => leaf.Path == path);
        var example = verb.Description!.Split(Environment.NewLine)[^1].Trim()["edgemas ".Length..];

        var parsed = root.Parse(example);

        Assert.Empty(parsed.Errors.Select(error => error.Message));
        Assert.Same(verb, parsed.CommandResult.Command);
    }

    private static IEnumerable<(string Path, Command Verb)> Leaves(Command verb, string path) => verb.Subcommands.Count == 0
        ? [(path, verb)]
        : verb.Subcommands.Where(below => !below.Hidden).SelectMany(below => Leaves(below, $"{path} {below.Name}"));
}
