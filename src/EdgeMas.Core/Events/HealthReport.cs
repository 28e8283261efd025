namespace EdgeMas.Core.Events;

/// <param name="ResidentBytes">Memory of the process.</param>
public sealed record HealthReport(double UptimeSeconds, long ResidentBytes, long BusDropped, bool BrokerConnected, string? Degraded);
