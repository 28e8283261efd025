using System.Xml.Linq;
using EdgeMas.Core.Messages;
using EdgeMas.Host.Bench;
using EdgeMas.Inference.Timeline;

namespace EdgeMas.Host.Tests.Bench;

public sealed class TimelinePictureTests
{
    [Fact]
    public void Each_part_of_each_batch_is_drawn_at_its_time_in_the_row_of_its_agent()
    {
        var timeline = new EngineTimeline(
            "a <tiny> model",
            [new("planner", "interactive", 0, 2, 100, 0, 1), new("critic & co", "interactive", 0, 2, 110, 80, 1)],
            [
                new(0, 1, 100, Aborted: false, [new BatchPart("planner", 0, MessagePriority.Interactive, 0, 100, IsOutput: false)]),
                new(1, 1, 31, Aborted: true, [new BatchPart("planner", 0, MessagePriority.Interactive, 100, 1, IsOutput: true), new BatchPart("critic & co", 1, MessagePriority.Interactive, 80, 30, IsOutput: false)]),
            ]);

        var svg = XDocument.Parse(TimelinePicture.Draw(timeline));
        XNamespace ns = "http://www.w3.org/2000/svg";
        var parts = svg.Descendants(ns + "rect").Where(rect => rect.Element(ns + "title")?.Value.Contains(": tokens", StringComparison.Ordinal) is true).ToList();

        Assert.Equal(["planner: tokens 0 to 100", "planner: tokens 100 to 101", "critic & co: tokens 80 to 110"], parts.Select(part => part.Element(ns + "title")!.Value.Split(" in ")[0]));
        Assert.Equal((double)parts[1].Attribute("x")!, (double)parts[2].Attribute("x")!);
        Assert.Equal((double)parts[1].Attribute("x")!, (double)parts[0].Attribute("x")! + (double)parts[0].Attribute("width")!, 1.0);
        Assert.NotEqual((double)parts[1].Attribute("y")!, (double)parts[2].Attribute("y")!);
        Assert.Contains("80 reused", svg.Descendants(ns + "text").Select(text => text.Value));
        Assert.Equal(["#3b82f6", "url(#aborted)", "url(#aborted)"], parts.Select(part => part.Attribute("fill")!.Value));
    }
}
