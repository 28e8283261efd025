namespace EdgeMas.Architecture.Tests;

/// <summary>Everyone knows Core, nobody knows a sibling, only the programs know more: Host everyone, SafetyCore what moves a body.</summary>
public sealed class DependencyTests
{
    private const string SafetyCore = "EdgeMas.SafetyCore";

    public static TheoryData<string> Siblings => [.. Repository.Projects.Keys.Where(name => name is not ("EdgeMas.Core" or "EdgeMas.Host" or SafetyCore))];

    [Fact]
    public void The_projects_are_found() => Assert.Superset(
        new HashSet<string> { "EdgeMas.Core", "EdgeMas.Host", "EdgeMas.Control", "EdgeMas.Mqtt" }, Repository.Projects.Keys.ToHashSet());

    [Theory]
    [MemberData(nameof(Siblings))]
    public void A_project_references_core_and_no_sibling(string project) =>
        Assert.All(Repository.Projects[project].References("ProjectReference"), reference => Assert.EndsWith("EdgeMas.Core/EdgeMas.Core.csproj", reference));

    [Fact]
    public void The_safety_core_references_what_moves_a_body_and_no_package()
    {
        // Devices: the drivers of a body of chips live in the core's process, so that they outlive the host's.
        Assert.Equal(["../EdgeMas.Core/EdgeMas.Core.csproj", "../EdgeMas.Control/EdgeMas.Control.csproj", "../EdgeMas.Devices/EdgeMas.Devices.csproj"], Repository.Projects[SafetyCore].References("ProjectReference"));
        Assert.Empty(Repository.Projects[SafetyCore].References("PackageReference"));
    }

    [Fact]
    public void Core_references_no_project_and_no_package_but_abstractions()
    {
        Assert.Empty(Repository.Projects["EdgeMas.Core"].References("ProjectReference"));
        Assert.All(Repository.Projects["EdgeMas.Core"].References("PackageReference"), package => Assert.Matches(@"^Microsoft\.Extensions\..+\.Abstractions$", package));
    }

    [Fact]
    public void Package_versions_stand_in_one_place() =>
        Assert.All(Repository.Projects.Values, project => Assert.DoesNotContain(project.Descendants("PackageReference"), package => package.Attribute("Version") is not null));

    [Theory]
    [MemberData(nameof(Siblings))]
    public void No_code_names_a_siblings_namespace(string project)
    {
        var others = Siblings.Select(row => row.Data).Concat(["EdgeMas.Host", SafetyCore]).Where(other => other != project).Select(other => $"using {other}").ToArray();

        Assert.Empty(Repository.Code($"src/{project}").Lines(line => others.Any(other => line.StartsWith(other, StringComparison.Ordinal) && line[other.Length..] is [';' or '.', ..])));
    }
}
