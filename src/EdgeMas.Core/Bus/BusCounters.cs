namespace EdgeMas.Core.Bus;

/// <summary>A snapshot of a bus's counters since its start.</summary>
public readonly record struct BusCounters(long Published, long Delivered, long Dropped);
