using System.Numerics;

namespace EdgeMas.Simulation.Rendering;

/// <summary>What one ray met.</summary>
/// <param name="Key">Differs between neighbouring pixels where a visible edge runs between them.</param>
internal readonly record struct SurfaceHit(int Key, Vector3 Rgb);
