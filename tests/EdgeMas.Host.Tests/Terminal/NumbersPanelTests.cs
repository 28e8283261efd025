using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Motion;
using EdgeMas.Host.Story;
using EdgeMas.Host.Terminal;
using Spectre.Console;

namespace EdgeMas.Host.Tests.Terminal;

public sealed class NumbersPanelTests
{
    [Theory]
    [InlineData(null, "speed   0.50 of 1.0 m/s, 29 °/s")]
    [InlineData(0.25, "speed   0.50 of 1.0 m/s, 0.25 m/s left, 29 °/s")]
    [InlineData(-0.25, "speed   0.50 of 1.0 m/s, 0.25 m/s right, 29 °/s")]
    public void What_goes_sideways_shows_it(double? aside, string words)
    {
        var story = new RobotStory();
        Tell(story, MessageTypes.MotionReport, new MotionReport(new Pose2D(1, 2, 0), 0.5, 0.5, null, 0.9, false, null, SideSpeed: aside));

        Assert.Contains(words, Draw(story), StringComparison.Ordinal);
    }

    private static void Tell(RobotStory story, string type, object body) =>
        story.Apply(new Delivery("edgemas/v1/yard/rover/any", new Message { Id = "1", Source = "/test", Type = type, Time = DateTimeOffset.UnixEpoch, Data = body }));

    private static string Draw(RobotStory story)
    {
        var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No });
        console.Profile.Width = 120;
        console.Write(new NumbersPanel(story, default, new TrafficRates(), new EnvelopeFigures(1, 0.35), columns: 110, isCompact: false).Draw());
        return output.ToString();
    }
}
