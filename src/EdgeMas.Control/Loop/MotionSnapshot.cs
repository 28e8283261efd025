using EdgeMas.Control.Goals;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Loop;

/// <summary>The base at one tick.</summary>
/// <param name="Tick">Ticks since the start.</param>
/// <param name="GoalId">The newest goal that the loop has taken; 0 before the first.</param>
/// <param name="Cause">Why the goal did not end as asked.</param>
/// <param name="Remaining">Metres still to go, or radians for a turn; 0 when done.</param>
/// <param name="Travelled">Metres since the goal began, backwards negative; to the left for a <see cref="GoalKind.Strafe"/>.</param>
/// <param name="Turned">Radians since the goal began, left positive.</param>
/// <param name="Pose">As odometry knows it.</param>
/// <param name="Speed">Metres a second, filtered.</param>
/// <param name="TurnRate">Radians a second.</param>
/// <param name="SideSpeed">Metres a second to the left, filtered; 0 where no wheel goes sideways.</param>
/// <param name="Steering">Radians of the wheel in the middle of the front axle, left positive; NaN where nothing steers or tells.</param>
/// <param name="Range">Metres to the nearest thing ahead; infinity beyond reach, NaN without a valid reading.</param>
/// <param name="FenceAhead">Metres along the way to the geofence; infinity without a fence.</param>
/// <param name="Battery">0 to 1.</param>
/// <param name="IsHostLate">The host is another process and gives no sign of life: the base is braked.</param>
/// <param name="Limited">Which limit the envelope applies now.</param>
/// <param name="Clamped">Times that a limit began to change the commands.</param>
/// <param name="Refused">Goals that were never begun.</param>
public readonly record struct MotionSnapshot(
    long Tick,
    long GoalId,
    GoalKind Kind,
    MotionState State,
    MotionCause Cause,
    double Remaining,
    double Travelled,
    double Turned,
    Pose2D Pose,
    double Speed,
    double TurnRate,
    double SideSpeed,
    double Steering,
    double Range,
    double FenceAhead,
    double Battery,
    bool EStop,
    bool IsHostLate,
    MotionCause Limited,
    long Clamped,
    long Refused)
{
    /// <summary>A goal is being worked on.</summary>
    public bool IsMoving => State == MotionState.Running;
}
