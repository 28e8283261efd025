using EdgeMas.Core.Messages;

namespace EdgeMas.Core.Bus;

/// <summary>One message as one subscriber gets it.</summary>
/// <param name="Retained">It was kept from before the subscription, as MQTT's retain flag says.</param>
/// <param name="FromBroker">It came in over a broker link and must not be sent out by the same link again.</param>
/// <param name="Retain">The publisher asked to keep it, MQTT 5's "retain as published"; a broker link passes that on.</param>
public readonly record struct Delivery(
    string Topic, Message Message, Qos Qos = Qos.AtMostOnce, bool Retained = false, bool FromBroker = false, bool Retain = false);
