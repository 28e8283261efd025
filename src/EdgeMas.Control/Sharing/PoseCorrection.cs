using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Sharing;

/// <param name="Weight">0 keeps what odometry says, 1 takes over the measurement.</param>
internal readonly record struct PoseCorrection(Pose2D Pose, double Weight)
{
    internal bool IsValid => Weight is >= 0 and <= 1 && double.IsFinite(Pose.X) && double.IsFinite(Pose.Y) && double.IsFinite(Pose.Heading);
}
