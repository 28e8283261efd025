using System.Net;
using System.Security.Cryptography.X509Certificates;
using EdgeMas.Mqtt.Access;

namespace EdgeMas.Mqtt.Embedded;

/// <summary>What the embedded broker listens on, whom it lets in, and where its bounds are.</summary>
public sealed record EmbeddedBrokerOptions
{
    /// <summary>Who may log in; the first is the robot itself, whose credentials the broker's endpoint carries. <see cref="BrokerUser"/> makes the usual ones.</summary>
    public required IReadOnlyList<BrokerUser> Users { get; init; }

    /// <summary>Loopback unless told otherwise: nothing outside this machine reaches it then.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>0 takes a free one at the first start and keeps it.</summary>
    public int Port { get; init; }

    /// <summary>With its private key; null for a broker without TLS.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>PEM file of the authority that signed <see cref="Certificate"/>: handed to clients in the endpoint.</summary>
    public string? CertificateAuthorityFile { get; init; }

    /// <summary>A longer MQTT packet, header included, closes its connection before it is read.</summary>
    public int MaxPacketBytes { get; init; } = 1 << 20;

    public int MaxConnections { get; init; } = 64;

    /// <summary>Sessions that are kept, connected or not; beyond this a new client waits until an old session expires.</summary>
    public int MaxSessions { get; init; } = 256;

    /// <summary>Messages that wait for one slow subscriber; the newest beyond this is dropped, counted and logged.</summary>
    public int MaxPendingPerClient { get; init; } = 10_000;

    /// <summary>Bytes that wait for one slow subscriber, estimated as if all that wait were as large as the new message; over this the new one is dropped as above.</summary>
    public long MaxPendingBytesPerClient { get; init; } = 64 << 20;

    /// <summary>Messages that one subscriber may have received and not acknowledged; one more, and its session ends.</summary>
    public int MaxUnacknowledgedPerClient { get; init; } = 10_000;

    /// <summary>Topics with a retained message; a publisher of one more is refused.</summary>
    public int MaxRetainedTopics { get; init; } = 4_096;

    /// <summary>A connection that has not logged in by then is closed.</summary>
    public TimeSpan LoginTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a stop waits for what has been accepted to reach its subscribers.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(2);
}
