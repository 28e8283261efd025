using EdgeMas.Control.Pacing;

namespace EdgeMas.Control.Process;

/// <summary>What it takes to start a core.</summary>
/// <param name="Program">Path of <c>edgemas-control</c>: <see cref="CoreProcess.Find"/>.</param>
/// <param name="RegionPath">Of the memory that it shares with hosts, such as below /dev/shm.</param>
/// <param name="BodyPath">Of the region of a body in another process; null where the core has the body's wiring in its settings.</param>
/// <param name="SettingsPath">Written at each start.</param>
/// <param name="LogPath">Where it writes its few lines.</param>
public sealed record CoreLaunch(string Program, CoreSettings Settings, RealtimeOptions Realtime, string RegionPath, string? BodyPath, string SettingsPath, string LogPath);
