namespace EdgeMas.Control.Leases;

/// <summary>The right to move the base.</summary>
/// <param name="Fence">Grows with each lease given; goals under an older one are refused. Source: the fencing token of M. Kleppmann, "How to do distributed locking", 2016.</param>
public readonly record struct MotionLease(string Holder, long Fence);
