namespace EdgeMas.Core.Bus;

/// <summary>A snapshot of a bus's counters since its start.</summary>
/// <param name="Delivered">Deliveries that a subscriber took; one message may be delivered to many.</param>
/// <param name="Dropped">Deliveries that a subscriber had no room for, or failed on.</param>
/// <param name="Failed">Deliveries on which a subscriber threw an exception; part of <paramref name="Dropped"/>.</param>
/// <param name="Evicted">Retained messages that made room for others.</param>
public readonly record struct BusCounters(long Published, long Delivered, long Dropped, long Failed = 0, long Evicted = 0);
