namespace EdgeMas.Core.Events;

/// <param name="Engaged">True latches the stop; false releases it, where the source is allowed to.</param>
public sealed record EStopRequest(bool Engaged, string Reason);
