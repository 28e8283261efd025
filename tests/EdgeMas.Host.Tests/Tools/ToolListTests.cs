using EdgeMas.Host.Tools;

namespace EdgeMas.Host.Tests.Tools;

public sealed class ToolListTests
{
    [Fact]
    public void Tools_come_with_the_places_that_are_listed_beside_them()
    {
        var list = ToolList.Parse("""{"tools": [{"name": "goto", "description": "d", "parameters": {"place": "string"}}], "places": ["gate"]}""");

        Assert.Equal("goto", Assert.Single(list.Skills).Name);
        Assert.Equal(["gate"], list.Places);
    }

    [Theory]
    [InlineData("x", "not JSON")]
    [InlineData("null", "array of tools")]
    [InlineData("[null]", "tools[0]")]
    [InlineData("""[{"name": "a"}, {"name": "a"}]""", "two tools named 'a'")]
    [InlineData("""[{"name": "\ud800"}]""", "half of a surrogate pair")]
    [InlineData("""[{"name": "a", "description": "\udc00"}]""", "half of a surrogate pair")]
    [InlineData("""{"tools": [], "places": ["\ud800"]}""", "half of a surrogate pair")]
    [InlineData("""{"tools": [], "places": [1]}""", "array of names")]
    public void What_is_no_list_is_refused_with_its_place(string json, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => ToolList.Parse(json)).Message, StringComparison.Ordinal);
}
