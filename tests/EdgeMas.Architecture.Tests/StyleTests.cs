using System.Text.RegularExpressions;

namespace EdgeMas.Architecture.Tests;

public sealed class StyleTests
{
    private const int MaxLines = 500;

    private static readonly string[] VagueNames = ["Helpers", "Utils", "Utilities", "Managers", "Common", "Misc"];

    [Fact]
    public void Folders_are_named_by_nouns_that_say_what_is_in_them() =>
        Assert.Empty(Repository.Folders("src", "tests").Where(folder => VagueNames.Contains(folder.Name, StringComparer.OrdinalIgnoreCase)).Select(Repository.NameOf));

    [Fact]
    public void No_file_is_long() =>
        Assert.Empty(Repository.Code("src", "tests").Where(file => File.ReadLines(file.FullName).Count() > MaxLines).Select(Repository.NameOf));

    [Fact]
    public void A_file_has_one_public_type() => Assert.Empty(Repository.Code("src")
        .Where(file => File.ReadLines(file.FullName).Count(line => Regex.IsMatch(line, @"^public .*\b(class|record|struct|interface|enum|delegate)\b")) > 1)
        .Select(Repository.NameOf));

    [Fact]
    public void Nothing_is_left_for_later() =>
        Assert.Empty(Repository.Code("src").Lines(line => Regex.IsMatch(line, @"\b(NotImplementedException|TODO|FIXME|XXX|HACK)\b")));

    [Fact]
    public void No_exception_is_swallowed() => Assert.Empty(Repository.Code("src")
        .Where(file => Regex.IsMatch(File.ReadAllText(file.FullName), @"catch\s*(\([^)]*\)\s*)?(when\s*\([^{]*\)\s*)?\{\s*\}"))
        .Select(Repository.NameOf));

    [Fact]
    public void No_path_of_one_machine_is_written_down()
    {
        var private_ = new Regex(@"(?<![\w.])/(work|home|root)" + "/[a-z]");

        Assert.Empty(Repository.Code("src", "tests").Lines(line => private_.IsMatch(line)));
    }
}
