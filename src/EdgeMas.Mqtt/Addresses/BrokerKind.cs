namespace EdgeMas.Mqtt.Addresses;

/// <summary>Who runs the broker.</summary>
public enum BrokerKind
{
    /// <summary>This process.</summary>
    Embedded,

    /// <summary>A mosquitto that this process starts and watches.</summary>
    Mosquitto,

    /// <summary>Somebody else; its URL is configured.</summary>
    Remote,
}
