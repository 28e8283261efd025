using System.Net;
using EdgeMas.Mqtt.Access;

namespace EdgeMas.Mqtt.Mosquitto;

/// <summary>How a mosquitto of ours is run.</summary>
public sealed record MosquittoOptions
{
    /// <summary>Who may log in; the first is the robot itself, whose credentials the broker's endpoint carries. <see cref="BrokerUser"/> makes the usual ones.</summary>
    public required IReadOnlyList<BrokerUser> Users { get; init; }

    /// <summary>A name looked for in PATH and the system's program folders, or a path.</summary>
    public string Program { get; init; } = "mosquitto";

    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>0 takes a free one at the first start and keeps it.</summary>
    public int Port { get; init; }

    /// <summary>Where configuration, passwords and kept messages lie, readable by this user only; null for a temporary one that a stop removes.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>PEM files for TLS; null for a broker without.</summary>
    public string? CertificateFile { get; init; }

    public string? KeyFile { get; init; }

    /// <summary>PEM file of the authority that signed the certificate: handed to clients in the endpoint.</summary>
    public string? CertificateAuthorityFile { get; init; }

    public int MaxPacketBytes { get; init; } = 1 << 20;

    public int MaxConnections { get; init; } = 64;

    /// <summary>Messages that wait for one slow or absent subscriber; mosquitto drops beyond this and says so, which is counted and logged.</summary>
    public int MaxPendingPerClient { get; init; } = 10_000;

    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long it may take to end after SIGTERM; then it is killed.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Wait before it is started again after it died; doubles up to <see cref="LongestBackoff"/> while it keeps dying.</summary>
    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromMilliseconds(200);

    public TimeSpan LongestBackoff { get; init; } = TimeSpan.FromSeconds(10);

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
