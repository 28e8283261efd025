using System.Text.Json;
using EdgeMas.Control.Loop;

namespace EdgeMas.Control.Vehicles;

/// <summary>How a vehicle's goals and causes are spoken of, by people and in messages.</summary>
internal static class VehicleWords
{
    internal static string Why(MotionCause cause, string? fault) => cause switch
    {
        MotionCause.Geofence => "it would leave the fence, or go above the ceiling or below the floor",
        MotionCause.Workspace => "the tool would leave its workspace",
        MotionCause.Joint => "a joint would leave its range, or does not follow",
        MotionCause.Battery => "the battery is at its floor",
        MotionCause.Lease => "another has taken the vehicle over",
        MotionCause.Watchdog => "nobody watched over the motion any more",
        MotionCause.EStop => "emergency stop",
        MotionCause.Body => "the body does not answer, or does not stand as it should",
        MotionCause.Host => "the host gave no sign of life",
        MotionCause.Core => "the control loop's process died",
        MotionCause.Goal => "it cannot be done from here, or its numbers cannot be used",
        MotionCause.Fault => $"the control loop failed: {fault}",
        _ => "a newer motion took its place",
    };

    internal static string? Limit(MotionCause limited) => limited == MotionCause.None ? null : JsonNamingPolicy.SnakeCaseLower.ConvertName(limited.ToString());
}
