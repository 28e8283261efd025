using EdgeMas.Host.CommandLine;
using EdgeMas.Host.Session;

namespace EdgeMas.Host.Tests.Session;

public sealed class DirectCallTests
{
    [Theory]
    [InlineData("land", "land", "{}")]
    [InlineData(" fly_to x_m=6 y_m=-8.5  z_m=2 ", "fly_to", """{"x_m":6,"y_m":-8.5,"z_m":2}""")]
    [InlineData("goto place=gate", "goto", """{"place":"gate"}""")]
    [InlineData("""take_off {"height_m": 2}""", "take_off", """{"height_m":2}""")]
    public void A_skill_and_its_arguments_are_read(string text, string skill, string arguments)
    {
        var call = DirectCall.Parse(text);

        Assert.Equal((skill, arguments), (call.Skill, call.Arguments.GetRawText()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("fly_to 6 8 2")]
    [InlineData("fly_to x_m=")]
    [InlineData("fly_to {x")]
    [InlineData("fly_to {} 3")]
    [InlineData("""say {"text": "\ud800"}""")]
    [InlineData("""say {"\udc00": 1}""")]
    [InlineData("""say {"text": "a", "text": "b"}""")]
    public void What_is_no_call_is_refused_with_an_example(string text) =>
        Assert.Contains("fly_to x_m=6", Assert.Throws<UsageException>(() => DirectCall.Parse(text)).Message, StringComparison.Ordinal);
}
