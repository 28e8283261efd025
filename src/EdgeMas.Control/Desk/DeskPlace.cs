using EdgeMas.Control.Native;
using EdgeMas.Control.Sharing;

namespace EdgeMas.Control.Desk;

/// <summary>Where a desk finds its loop.</summary>
/// <param name="Session">The host's number in that memory; 0 in the loop's own process.</param>
/// <param name="Path">Of the memory's file; null in the loop's own process.</param>
internal sealed record DeskPlace(SharedMemory<CoreLayout> Memory, long Session, string? Path);
