using EdgeMas.Control.Loop;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Envelope;

/// <summary>What the envelope judges a command by.</summary>
/// <param name="Seconds">Since the command before.</param>
/// <param name="Range">The newest reading; NaN without one.</param>
/// <param name="Forbidden">Why the base may not move at all now; <see cref="MotionCause.None"/> when it may.</param>
internal readonly record struct EnvelopeInput(double Seconds, Pose2D Pose, double Range, MotionCause Forbidden);
