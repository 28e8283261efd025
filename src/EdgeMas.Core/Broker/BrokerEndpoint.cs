namespace EdgeMas.Core.Broker;

/// <summary>How to reach a broker.</summary>
/// <param name="CertificateAuthorityFile">PEM file that signs the broker's certificate; null for the system's.</param>
public sealed record BrokerEndpoint(string Host, int Port, bool Tls = false, string? UserName = null, string? Password = null, string? CertificateAuthorityFile = null)
{
    /// <summary>Without credentials, for people and logs.</summary>
    public override string ToString() => $"{(Tls ? "mqtts" : "mqtt")}://{Host}:{Port}";
}
