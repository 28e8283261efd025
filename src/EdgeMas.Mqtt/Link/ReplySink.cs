using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;

namespace EdgeMas.Mqtt.Link;

/// <summary>Takes the answers to requests from outside, and sends each to where its asker waits for it. Progress is not an answer.</summary>
internal sealed class ReplySink(Outbox outbox, OpenReplies replies) : IDeliverySink
{
    public bool TryAccept(in Delivery delivery)
    {
        if (delivery.FromBroker || delivery.Message.Data is SkillProgressed)
            return true;
        if (delivery.Message.CorrelationId is not { } request || !replies.TryTake(request, out var address))
            return true;
        return outbox.TryAdd(new Delivery(address.Topic, delivery.Message, Qos.AtLeastOnce), address.CorrelationData);
    }
}
