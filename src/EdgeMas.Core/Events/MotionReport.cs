using EdgeMas.Core.Motion;

namespace EdgeMas.Core.Events;

/// <summary>The base's state as the control loop knows it; a few times a second.</summary>
/// <param name="Speed">Metres a second along the heading.</param>
/// <param name="TurnRate">Radians a second.</param>
/// <param name="Range">Metres to the nearest thing ahead; null when none is in reach.</param>
/// <param name="Battery">0 to 1.</param>
/// <param name="EStop">The latched stop is engaged.</param>
/// <param name="Limited">Which limit the envelope applied last, or null.</param>
/// <param name="Height">Metres above where it took off, of what flies; null for what does not.</param>
/// <param name="Joints">Radians, of an arm; null for what has none. The pose is then that of its tool over the ground.</param>
/// <param name="SideSpeed">Metres a second to the left of the heading; null for what cannot go sideways, and in reports of older robots.</param>
public sealed record MotionReport(
    Pose2D Pose, double Speed, double TurnRate, double? Range, double Battery, bool EStop, string? Limited, double? Height = null, IReadOnlyList<double>? Joints = null,
    double? SideSpeed = null);
