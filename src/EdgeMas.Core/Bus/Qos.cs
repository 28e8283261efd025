namespace EdgeMas.Core.Bus;

/// <summary>
/// Delivery guarantee, as in MQTT 5.0, section 4.3. In process the first two differ only when a queue is full: messages sent at most once make room
/// before any other. A subscriber gets each message once, whatever the level and however many of its filters match.
/// </summary>
public enum Qos
{
    AtMostOnce,
    AtLeastOnce,
    ExactlyOnce,
}
