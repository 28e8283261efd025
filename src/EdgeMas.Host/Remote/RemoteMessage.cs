namespace EdgeMas.Host.Remote;

/// <param name="Attributes">CloudEvents attributes as MQTT user properties.</param>
internal sealed record RemoteMessage(string Topic, IReadOnlyDictionary<string, string> Attributes, string Body, bool Retained);
