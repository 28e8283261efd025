namespace EdgeMas.Core.Broker;

/// <summary>A broker that this process runs itself: embedded, or a supervised program. Started and stopped by its owner.</summary>
public interface IBroker : IAsyncDisposable
{
    /// <summary>Where clients connect and with what; valid while it runs, and the same after a restart.</summary>
    BrokerEndpoint Endpoint { get; }

    bool IsRunning { get; }

    Task StartAsync(CancellationToken cancellationToken);

    Task StopAsync(CancellationToken cancellationToken);
}
