namespace EdgeMas.Control.Desk;

/// <summary>What a core says of itself.</summary>
/// <param name="ProcessId">0 where the loop lives in the asking process.</param>
/// <param name="AllocatedBytes">By the control thread since its first tick.</param>
/// <param name="Collections">Garbage collections of the core's process since the first tick.</param>
/// <param name="FirstTickAt">A timestamp of the system's clock.</param>
/// <param name="HostSilence">How long a host had been silent when the core last braked because of it, by the core's clock.</param>
public sealed record CoreFigures(int ProcessId, long AllocatedBytes, long Collections, long FirstTickAt, TimeSpan HostSilence);
