using EdgeMas.Core.Messages;
using EdgeMas.Core.Skills;

namespace EdgeMas.Reasoning.Tests;

/// <summary>The simulated rover's skills, as its agents declare them.</summary>
internal static class RoverSkills
{
    internal static readonly IReadOnlyList<string> Places = ["dock", "gate", "kitchen", "tool shed"];

    internal static readonly IReadOnlyList<SkillDescriptor> All =
    [
        new("battery", "Tell the battery's charge.", new SkillSchema().Build()),
        new("count", "Count the objects of a kind in view.", new SkillSchema().Thing("object").Build()),
        Motion("drive", "Drive straight ahead by this many metres; negative drives backwards.", new SkillSchema().Number("distance_m", "m", -50, 50)),
        Motion("goto", "Drive to a known place.", new SkillSchema().Place("place")),
        new("look_for", "Look around for an object.", new SkillSchema().Thing("object").Build()) { IsSearch = true },
        Motion("return_home", "Drive back to the dock.", new SkillSchema()),
        new("say", "Say a text aloud.", new SkillSchema().Text("text").Build()),
        Motion("set_speed", "Limit the driving speed.", new SkillSchema().Number("speed_mps", "m/s", 0.05, 1)),
        Motion("stop", "Stop all motion at once.", new SkillSchema()),
        new("take_photo", "Take a picture with the camera.", new SkillSchema().Build()),
        Motion("turn", "Turn on the spot; left is positive.", new SkillSchema().Number(
            "angle_deg", "deg", -720, 720, null, new Dictionary<string, double> { ["left"] = 90, ["right"] = -90, ["around"] = 180 })),
        new("wait", "Wait for some seconds.", new SkillSchema().Number("seconds", "s", 0, 600).Build()),
    ];

    internal static SkillDescriptor Find(string name) => All.First(skill => skill.Name == name);

    private static SkillDescriptor Motion(string name, string description, SkillSchema schema) =>
        new(name, description, schema.Build()) { Safety = SafetyClass.Motion, OpenTo = Taint.Speech | Taint.Network };
}
