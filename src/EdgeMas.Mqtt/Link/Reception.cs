using EdgeMas.Core.Bus;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Topics;
using MQTTnet;
using MQTTnet.Protocol;

namespace EdgeMas.Mqtt.Link;

/// <summary>
/// Takes what the broker delivers, all of it untrusted: checks it against the bounds, marks it as come over the network and hands it to the bus. One thread.
/// </summary>
internal sealed class Reception(MqttLinkOptions options, LinkFilters filters, OpenReplies replies, LinkStatus status, IBus bus, TimeProvider time)
{
    private const int RememberedIds = 4_096;
    private const string AgentSources = "/agents/";

    private readonly CloudEventLimits _limits = new() { MaxBytes = options.MaxIncomingBytes };
    private readonly TokenBucket _bucket = new(options.IncomingPerSecond, options.IncomingBurst, time);
    private readonly RecentIds _recent = new(RememberedIds);

    internal void Take(MqttApplicationMessage wire)
    {
        var isEStop = wire.Topic == options.Topics.EStop;
        if (!filters.Imports(wire.Topic))
            status.Refuse(wire.Topic, "nobody asked for this topic");
        else if (wire.Payload.Length > options.MaxIncomingBytes && !isEStop)
            status.Refuse(wire.Topic, $"{wire.Payload.Length:N0} bytes; at most {options.MaxIncomingBytes:N0} are taken");
        else if (!isEStop && !_bucket.TryTake())
            status.Refuse(wire.Topic, $"more than {options.IncomingPerSecond:N0} messages a second");
        else if (Read(wire, isEStop) is { } message)
            Publish(wire, message);
    }

    private Message? Read(MqttApplicationMessage wire, bool isEStop)
    {
        try
        {
            TopicFilter.CheckName(wire.Topic);
            return WireMessage.Decode(wire, time.GetUtcNow(), _limits);
        }
        catch (FormatException error) when (!isEStop)
        {
            status.Refuse(wire.Topic, error.Message);
            return null;
        }
        catch (FormatException)
        {
            return WireMessage.Empty(time.GetUtcNow()); // whatever comes in here stops the robot
        }
    }

    private void Publish(MqttApplicationMessage wire, Message message)
    {
        var isKept = wire.Retain;
        var isEStop = wire.Topic == options.Topics.EStop;
        if (!isKept && !isEStop && wire.QualityOfServiceLevel != MqttQualityOfServiceLevel.AtMostOnce && !_recent.TryAdd($"{message.Source}\n{message.Id}"))
            return; // at least once: the broker did not get our acknowledgement
        if (message.Deadline < time.GetUtcNow())
        {
            status.Refuse(wire.Topic, "its deadline has passed");
            return;
        }
        status.Receive();
        bus.Publish(wire.Topic, Mark(wire, message), (Qos)wire.QualityOfServiceLevel, isKept, fromBroker: true);
    }

    /// <summary>Nobody outside may speak as an agent of this robot, jump its queues, or wash off where the message came from.</summary>
    private Message Mark(MqttApplicationMessage wire, Message message) => message with
    {
        Source = Expects(wire, message.Id) ? MqttLink.ReplySource
            : message.Source.StartsWith(AgentSources, StringComparison.Ordinal) ? $"/mqtt{message.Source}" : message.Source,
        Taint = message.Taint | Taint.Network,
        Priority = message.Priority == MessagePriority.Safety && wire.Topic != options.Topics.EStop ? MessagePriority.Interactive : message.Priority,
    };

    /// <summary>Whether the sender waits for an answer, which is then sent to where it says.</summary>
    private bool Expects(MqttApplicationMessage wire, string id)
    {
        if (string.IsNullOrEmpty(wire.ResponseTopic) || wire.CorrelationData is not { Length: > 0 } correlation)
            return false;
        if (!filters.AllowsReplyTo(wire.ResponseTopic) || filters.Imports(wire.ResponseTopic))
        {
            status.Refuse(wire.ResponseTopic, "answers may not be published there");
            return false;
        }
        return replies.TryAdd(id, wire.ResponseTopic, correlation);
    }
}
