using EdgeMas.Core.Skills;

namespace EdgeMas.Audio.Tests.Recognition;

/// <summary>A rover's skills with the phrases that people use for them.</summary>
internal static class RoverSkills
{
    internal static IReadOnlyList<string> Places { get; } = ["dock", "gate", "kitchen", "charging_station", "shed", "tree"];

    internal static IReadOnlyList<SkillDescriptor> All { get; } =
    [
        Make("drive", new SkillSchema().Number("distance_m", "m", -50, 50), "go forward {distance_m}", "drive forward {distance_m}", "move forward {distance_m}",
            "go {distance_m}", "drive {distance_m}", "go ahead {distance_m}", "go back {distance_m}", "go backward {distance_m}", "drive back {distance_m}", "move back {distance_m}", "back up {distance_m}"),
        Make("turn", new SkillSchema().Number("angle_deg", "deg", -720, 720, null, new Dictionary<string, double> { ["left"] = 90, ["right"] = -90, ["around"] = 180 }), "turn {angle_deg}"),
        Make("goto", new SkillSchema().Place("place"), "go to {place}", "drive to {place}"),
        Make("stop", new SkillSchema(), "stop", "halt"),
        Make("wait", new SkillSchema().Number("seconds", "s", 0, 3600), "wait {seconds}", "wait for {seconds}"),
        Make("look_for", new SkillSchema().Thing("object"), "look for {object}", "find {object}", "search for {object}"),
        Make("take_photo", new SkillSchema(), "take a picture", "take a picture of it", "take a photo", "take a photo of it"),
        Make("count", new SkillSchema().Thing("object"), "count {object}"),
        Make("say", new SkillSchema().Text("text")),
        Make("battery", new SkillSchema(), "report battery", "report the battery"),
        Make("set_speed", new SkillSchema().Number("speed_mps", "m/s", 0, 1), "set the speed to {speed_mps}"),
        Make("return_home", new SkillSchema(), "return home", "go home", "come back"),
    ];

    internal static SkillDescriptor Make(string name, SkillSchema schema, params string[] phrases) => new(name, name, schema.Build()) { Phrases = phrases };
}
