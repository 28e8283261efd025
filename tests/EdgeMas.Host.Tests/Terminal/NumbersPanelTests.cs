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

    [Fact]
    public void Where_satellites_find_the_robot_is_shown_where_it_has_a_receiver()
    {
        var story = new RobotStory();
        Assert.DoesNotContain("gnss", Draw(story), StringComparison.Ordinal);

        Tell(story, MessageTypes.GnssReport, new GnssReport("rtk_fixed", 48.1173, -11.516667, Satellites: 12, HorizontalDilution: 0.9));
        Assert.Contains("gnss    48.117300°, -11.516667°, rtk_fixed, 12 satellites, HDOP 0.9", Draw(story), StringComparison.Ordinal);

        Tell(story, MessageTypes.GnssReport, new GnssReport("none", Trouble: "give its antenna\u001b[2J the sky"));
        Assert.Contains("gnss    give its antenna", Draw(story), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', Draw(story));
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
