namespace EdgeMas.Core.Broker;

/// <summary>
/// Joins the bus to an MQTT broker: sends exported topics out, brings asked-for topics in, keeps trying when the broker is gone.
/// Any thread.
/// </summary>
public interface IBrokerLink : IAsyncDisposable
{
    /// <summary>Where the broker is, without credentials.</summary>
    string Endpoint { get; }

    bool IsConnected { get; }

    BrokerLinkCounters Counters { get; }

    /// <summary>Starts connecting and returns when the first connection stands or the token is cancelled; goes on reconnecting by itself afterwards.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Returns when everything accepted so far is acknowledged by the broker.</summary>
    Task FlushAsync(CancellationToken cancellationToken);
}
