using EdgeMas.Core.Topics;

namespace EdgeMas.Mqtt.Access;

/// <summary>Someone who may log in to a broker of ours, and what they may do there.</summary>
/// <param name="Name">No colon, no space, no control character.</param>
/// <param name="Password">Null for a random one, which the broker keeps as long as it exists.</param>
/// <param name="Publish">Filters over the topics they may publish to.</param>
/// <param name="Subscribe">Filters that cover what they may subscribe to.</param>
public sealed record BrokerUser(string Name, string? Password, IReadOnlyList<string> Publish, IReadOnlyList<string> Subscribe)
{
    /// <summary>The robot itself: everything under its root.</summary>
    public static BrokerUser Robot(RobotTopics topics, string? password = null) =>
        new("robot", password, [$"{topics.Root}/#"], [$"{topics.Root}/#"]);

    /// <summary>A person or program that gives orders: writes to inboxes, <c>speech/say</c> and <c>estop</c>, sees everything.</summary>
    public static BrokerUser Operator(RobotTopics topics, string name = "operator", string? password = null) =>
        new(name, password, [$"{topics.Root}/agents/+/inbox", topics.EStop, topics.SpeechSay], [$"{topics.Root}/#"]);

    /// <summary>Sees everything of the robot and changes nothing.</summary>
    public static BrokerUser Guest(RobotTopics topics, string name = "guest", string? password = null) =>
        new(name, password, [], [$"{topics.Root}/#"]);

    /// <summary>Without the password.</summary>
    public override string ToString() => Name;
}
