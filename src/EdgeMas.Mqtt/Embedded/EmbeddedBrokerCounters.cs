namespace EdgeMas.Mqtt.Embedded;

/// <summary>A snapshot of an embedded broker's counters since it was made; restarts do not reset them.</summary>
/// <param name="Received">Messages that clients published and the broker took.</param>
/// <param name="Delivered">Put into the queue of a subscriber; one message may go to many.</param>
/// <param name="Dropped">Lost because a subscriber's queue was full.</param>
/// <param name="RefusedConnections">Wrong password, anonymous, too many.</param>
/// <param name="RefusedPackets">Not allowed by the access list, over a limit, or no MQTT at all.</param>
public readonly record struct EmbeddedBrokerCounters(int Connections, long Received, long Delivered, long Dropped, long RefusedConnections, long RefusedPackets);
