using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Topics;

namespace EdgeMas.Mqtt.Tests.Parts;

internal static class Samples
{
    internal static readonly RobotTopics Topics = new("yard", "rover");

    internal static Message Say(string text, string? id = null) => new()
    {
        Id = id ?? MessageIds.Next(),
        Source = "/agents/planner",
        Type = MessageTypes.SayRequest,
        Time = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
        Data = new SayRequest(text),
    };

    internal static Message Text(string text) => Say(text) with { Type = "test.text", DataContentType = "text/plain", Data = text };
}
