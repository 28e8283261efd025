namespace EdgeMas.Core.Events;

/// <param name="ResidentBytes">Memory of the process.</param>
public sealed record HealthReport(double UptimeSeconds, long ResidentBytes, long BusDropped, bool BrokerConnected, string? Degraded)
{
    /// <summary>Null where the sender has no engine, or tells nothing of it.</summary>
    public EngineReport? Engine { get; init; }
}
