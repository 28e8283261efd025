using System.Net;

namespace EdgeMas.Host.Serving;

/// <summary>Where the server listens and what it allows.</summary>
internal sealed record ServingOptions
{
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>0 for any free one.</summary>
    public int Port { get; init; }

    /// <summary>What <c>Authorization: Bearer</c> must say; null for no check.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Requests that may be in the engine or wait for it; one more is answered with 429.</summary>
    public int MaxRequests { get; init; } = 64;

    public int MaxConnections { get; init; } = 512;

    /// <summary>Bytes of a request's body.</summary>
    public int MaxBodyBytes { get; init; } = 4 << 20;

    /// <summary>For the head of a request, and again for its body.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>From the body's last byte to the end of the answer.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromMinutes(15);
}
