using System.Text.Json;
using EdgeMas.Control.Loop;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Skills;

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
        MotionCause.Goal => "it cannot be done from here, or its numbers cannot be used",
        MotionCause.Fault => $"the control loop failed: {fault}",
        _ => "a newer motion took its place",
    };

    internal static string? Limit(MotionCause limited) => limited == MotionCause.None ? null : JsonNamingPolicy.SnakeCaseLower.ConvertName(limited.ToString());

    internal static SkillDescriptor Motion(string name, string description, SkillSchema schema, Taint openTo, double seconds, double minutes, params IReadOnlyList<string> phrases) =>
        new(name, description, schema.Build())
        {
            Safety = SafetyClass.Motion,
            OpenTo = openTo,
            TypicalDuration = TimeSpan.FromSeconds(seconds),
            TimeLimit = TimeSpan.FromMinutes(minutes),
            Phrases = phrases,
        };

    internal static SkillDescriptor Stop(string description) => new("stop", description, new SkillSchema().Build())
    {
        Safety = SafetyClass.Motion,
        OpenTo = Taint.Speech | Taint.Network | Taint.Vision | Taint.Model,
        Preempts = true,
        TypicalDuration = TimeSpan.FromSeconds(1),
        TimeLimit = TimeSpan.FromSeconds(15),
        Phrases = ["stop", "halt", "stop moving"],
    };

    internal static double Number(SkillCall call, string name) => call.Arguments.GetProperty(name).GetDouble();
}
