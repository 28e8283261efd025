using EdgeMas.Devices.Chips.Gnss;

namespace EdgeMas.Devices.Quadrotor;

/// <summary>The newest fix.</summary>
/// <param name="heard">When it was told; another one for each.</param>
/// <returns>False where there is none, or an old one.</returns>
internal delegate bool FixSource(out GnssFix fix, out long heard);
