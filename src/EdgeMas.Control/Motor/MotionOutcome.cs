using EdgeMas.Control.Goals;
using EdgeMas.Control.Loop;

namespace EdgeMas.Control.Motor;

/// <summary>What a motion came to, in one sentence for people and for the planner's repair.</summary>
internal static class MotionOutcome
{
    internal static string Why(in MotionSnapshot end, string? fault) => end.Cause switch
    {
        MotionCause.Obstacle => $"obstacle {end.Range:0.00} m ahead",
        MotionCause.RangeFinder => "the range finder gives no reading, so the way ahead is unknown",
        MotionCause.Geofence => "the fence is ahead",
        MotionCause.Battery => $"battery at {end.Battery * 100:0} %",
        MotionCause.Lease => "another has taken the base over",
        MotionCause.Watchdog => "nobody watched over the motion any more",
        MotionCause.EStop => "emergency stop",
        MotionCause.Body => "the motors do not answer",
        MotionCause.Wheel => "a wheel does not turn",
        MotionCause.Current => "a motor draws too much current",
        MotionCause.Temperature => "a motor is too hot",
        MotionCause.Host => "the robot's program was silent for too long",
        MotionCause.Goal => "its numbers cannot be used",
        MotionCause.Steering => "the steering does not follow, or does not tell its angle",
        MotionCause.Heading => "the gyroscope gives no reading, so nobody knows how the base turns",
        MotionCause.Drive => "this base cannot move so",
        MotionCause.Core => "the control loop's process died",
        MotionCause.Fault => $"the control loop failed: {fault}",
        _ => "a newer motion took its place",
    };

    internal static string Drove(in MotionSnapshot end) => end.Travelled < 0 ? $"drove {-end.Travelled:0.00} m backwards" : $"drove {end.Travelled:0.00} m";

    internal static string Strafed(in MotionSnapshot end) => $"moved {Math.Abs(end.Travelled):0.00} m to the {(end.Travelled < 0 ? "right" : "left")}";

    /// <param name="angle">Radians, left positive.</param>
    internal static string Turned(double angle)
    {
        var degrees = angle * 180 / Math.PI;
        return $"turned {Math.Abs(degrees):0.#}° to the {(degrees < 0 ? "right" : "left")}";
    }

    internal static string Broken(in MotionSnapshot end, string? fault)
    {
        var why = Why(end, fault);
        if (end.State != MotionState.Refused)
        {
            return end.Kind == GoalKind.Turn
                ? $"stopped {end.Remaining * 180 / Math.PI:0}° before the end: {why}"
                : $"stopped {end.Remaining:0.0} m before the end: {why}";
        }
        if (end.Cause != MotionCause.Geofence)
            return $"not begun: {why}";
        return double.IsFinite(end.FenceAhead)
            ? $"not begun: it would leave the fence, which comes after {end.FenceAhead:0.0} m"
            : "not begun: it would leave the fence";
    }
}
