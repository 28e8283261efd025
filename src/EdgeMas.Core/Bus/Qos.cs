namespace EdgeMas.Core.Bus;

/// <summary>Delivery guarantee, as in MQTT 5.0, section 4.3. In process the first two differ only when a queue is full.</summary>
public enum Qos
{
    AtMostOnce,
    AtLeastOnce,
    ExactlyOnce,
}
