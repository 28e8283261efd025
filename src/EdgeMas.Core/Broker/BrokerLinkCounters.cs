namespace EdgeMas.Core.Broker;

/// <param name="Sent">Acknowledged by the broker.</param>
/// <param name="Waiting">Accepted and not yet acknowledged.</param>
/// <param name="Dropped">Given up because the offline queue was full.</param>
/// <param name="Refused">Came in and were not let through: too large, malformed or not allowed.</param>
public readonly record struct BrokerLinkCounters(long Sent, long Received, int Waiting, long Dropped, long Refused, int Reconnects);
