using EdgeMas.Core.Broker;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Topics;

namespace EdgeMas.Mqtt.Link;

/// <summary>
/// What crosses a link, and its bounds. Filters are relative to the robot's root (<c>agents/+/inbox</c>), or absolute when they begin with <c>edgemas/</c>
/// or with a slash, which is then not part of the topic (<c>/uagv/v2/#</c>).
/// </summary>
public sealed record MqttLinkOptions
{
    public required BrokerEndpoint Endpoint { get; init; }

    public required RobotTopics Topics { get; init; }

    /// <summary>One per link of a broker: a second one with the same id throws the first out. 1 to 128 characters.</summary>
    public required string ClientId { get; init; }

    /// <summary>What leaves the robot.</summary>
    public IReadOnlyList<string> Export { get; init; } = [];

    /// <summary>What comes in. Must lie under the robot's own root unless <see cref="ImportFromElsewhere"/>.</summary>
    public IReadOnlyList<string> Import { get; init; } = [];

    public bool ImportFromElsewhere { get; init; }

    /// <summary>Where answers to requests from outside may be published: whoever asks names the topic, and must not make the robot write anywhere it likes.</summary>
    public IReadOnlyList<string> ReplyTopics { get; init; } = ["replies/#"];

    /// <summary>Shown in the robot's presence.</summary>
    public string? Version { get; init; }

    /// <summary>Raises what is published at a lower level, for a link that is to lose nothing.</summary>
    public Qos LeastQos { get; init; } = Qos.AtMostOnce;

    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the broker keeps what is meant for this robot while the connection is down. Orders older than this should not be obeyed.</summary>
    public TimeSpan SessionExpiry { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Publishes that wait for their acknowledgement at once; the broker may allow fewer.</summary>
    public int MaxInFlight { get; init; } = 128;

    /// <summary>Messages that wait for the broker, those in flight not counted.</summary>
    public int QueueCapacity { get; init; } = 10_000;

    /// <summary>Estimated bytes of the messages that wait.</summary>
    public long QueueBytes { get; init; } = 64 << 20;

    /// <summary>What a full queue does. Messages sent at most once make room before any other, whatever the policy.</summary>
    public OverflowPolicy Overflow { get; init; } = OverflowPolicy.DropOldest;

    /// <summary>A larger body is not sent.</summary>
    public int MaxOutgoingBytes { get; init; } = 1 << 20;

    /// <summary>A larger body is refused.</summary>
    public int MaxIncomingBytes { get; init; } = 256 << 10;

    /// <summary>Messages that may come in per second on average; more are refused. The e-stop's topic is not limited.</summary>
    public double IncomingPerSecond { get; init; } = 500;

    /// <summary>Messages that may come in at once.</summary>
    public int IncomingBurst { get; init; } = 1_000;

    /// <summary>Wait before the first attempt to reconnect; doubles with each one that fails.</summary>
    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromMilliseconds(200);

    public TimeSpan LongestBackoff { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Seed of the backoff's jitter; null for a different one each time, so that a fleet does not reconnect in step.</summary>
    public int? Seed { get; init; }

    /// <summary>How long an answer to a request from outside is waited for.</summary>
    public TimeSpan ReplyExpiry { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Requests from outside whose answers are waited for; beyond this the oldest is forgotten.</summary>
    public int MaxOpenReplies { get; init; } = 256;

    /// <summary>How long disposing waits for what is queued, when connected.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(3);
}
