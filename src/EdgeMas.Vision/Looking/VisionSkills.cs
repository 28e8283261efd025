using EdgeMas.Core.Skills;

namespace EdgeMas.Vision.Looking;

/// <summary>What the vision agent offers, as the in-box planner was trained on it.</summary>
internal static class VisionSkills
{
    public const string Thing = "object";

    public static SkillDescriptor LookFor(VisionOptions options) => new(
        "look_for", "Turns on the spot until the camera sees a thing, and faces it.", new SkillSchema().Thing(Thing, "What to look for, such as red ball.").Build())
    {
        Safety = SafetyClass.Motion,
        OpenTo = options.LookForOpenTo,
        TypicalDuration = TimeSpan.FromSeconds(20),
        TimeLimit = TimeSpan.FromMinutes(3),
        IsSearch = true,
        Phrases = ["look for {object}", "find {object}", "search for {object}"],
    };

    public static SkillDescriptor TakePhoto { get; } = new("take_photo", "Takes a picture and stores it.", new SkillSchema().Build())
    {
        Safety = SafetyClass.Signal,
        TypicalDuration = TimeSpan.FromSeconds(1),
        TimeLimit = TimeSpan.FromSeconds(30),
        Phrases = ["take a photo", "take a picture", "take a photo of it", "take a picture of it"],
    };

    public static SkillDescriptor Count { get; } = new("count", "Counts the things of one kind that the camera sees now.", new SkillSchema().Thing(Thing, "What to count, such as box.").Build())
    {
        Safety = SafetyClass.Observe,
        TypicalDuration = TimeSpan.FromSeconds(1),
        TimeLimit = TimeSpan.FromSeconds(30),
        Phrases = ["count {object}", "count the {object}"],
    };
}
