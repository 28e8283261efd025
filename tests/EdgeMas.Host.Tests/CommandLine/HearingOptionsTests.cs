using System.CommandLine;
using EdgeMas.Host.CommandLine;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Tests.Parts;

namespace EdgeMas.Host.Tests.CommandLine;

public sealed class HearingOptionsTests
{
    [Fact]
    public void A_robots_file_chooses_its_own_recognizer()
    {
        var (audio, robot) = Read("--config", Shipped.Rover);

        Assert.Equal("pocketsphinx", audio.Recognizer);
        Assert.NotNull(robot);
    }

    [Fact]
    public void A_model_file_alone_means_whisper()
    {
        var (audio, robot) = Read("--model", Shipped.Planner);

        Assert.Equal(("whisper", Shipped.Planner), (audio.Recognizer, audio.Model));
        Assert.Null(robot);
    }

    [Theory]
    [InlineData("--recognizer pocketsphinx", "--config")]
    [InlineData("", "--config")]
    [InlineData("--recognizer whisper", "--model")]
    public void What_makes_no_recognizer_is_wrong_usage_with_the_mend(string line, string mend)
    {
        var error = Assert.Throws<UsageException>(() => Read(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

        Assert.Contains(mend, error.Message);
    }

    private static (AudioConfiguration Audio, RobotConfiguration? Robot) Read(params string[] arguments)
    {
        var options = new HearingOptions();
        var verb = new Command("hear");
        options.AddTo(verb);
        return options.Read(verb.Parse(arguments));
    }
}
