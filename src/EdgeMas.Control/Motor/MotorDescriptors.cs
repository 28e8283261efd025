using EdgeMas.Control.Vehicles;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Skills;

namespace EdgeMas.Control.Motor;

/// <summary>What the motor agent's skills are. Names and arguments are those that the in-box planner was trained on.</summary>
internal sealed class MotorDescriptors(double maxSpeed, Taint openTo, DriveKind drive)
{
    private static readonly Dictionary<string, double> TurnWords = new(StringComparer.Ordinal) { ["left"] = 90, ["right"] = -90, ["around"] = 180 };

    internal SkillDescriptor Drive { get; } = BodySkills.Motion(
        "drive", "Drive straight ahead by this many metres; negative drives backwards.", new SkillSchema().Number("distance_m", "m", -50, 50), openTo,
        seconds: 12, minutes: 10,
        "go forward {distance_m}", "drive {distance_m}", "drive forward {distance_m}", "move forward {distance_m}", "go {distance_m}",
        "go back {distance_m}", "go backward {distance_m}", "drive backward {distance_m}");

    internal SkillDescriptor Turn { get; } = BodySkills.Motion(
        "turn", drive == DriveKind.Ackermann ? "Turn by this many degrees, left positive, driving to and fro to end where it began." : "Turn on the spot by this many degrees, left positive.", new SkillSchema().Number("angle_deg", "deg", -720, 720, namedValues: TurnWords), openTo,
        seconds: drive == DriveKind.Ackermann ? 20 : 3, minutes: drive == DriveKind.Ackermann ? 5 : 2,
        "turn left", "turn right", "turn around", "turn {angle_deg}", "turn left {angle_deg}", "turn right {angle_deg}");

    /// <summary>Of a base that can.</summary>
    internal SkillDescriptor Strafe { get; } = BodySkills.Motion(
        "strafe", "Move sideways by this many metres without turning, left positive.", new SkillSchema().Number("distance_m", "m", -50, 50), openTo, seconds: 12, minutes: 10,
        "strafe {distance_m}", "strafe left {distance_m}", "strafe right {distance_m}", "move sideways {distance_m}");

    internal SkillDescriptor GoTo { get; } = BodySkills.Motion(
        "goto", "Drive to a known place.", new SkillSchema().Place("place"), openTo, seconds: 20, minutes: 10,
        "go to {place}", "go to the {place}", "drive to {place}", "drive to the {place}");

    internal SkillDescriptor ReturnHome { get; } = BodySkills.Motion(
        "return_home", "Drive back to the dock.", new SkillSchema(), openTo, seconds: 20, minutes: 10,
        "return home", "go home", "come home", "drive home");

    internal SkillDescriptor Stop { get; } = BodySkills.Stop("Stop moving at once.", TimeSpan.FromSeconds(10));

    internal SkillDescriptor SetSpeed { get; } = BodySkills.Motion(
        "set_speed", "Set how fast to drive from now on.", new SkillSchema().Number("speed_mps", "m/s", 0.05, maxSpeed), openTo, seconds: 0.1, minutes: 0.1,
        "set speed to {speed_mps}", "set the speed to {speed_mps}");

    /// <summary>All of a robot with a dock.</summary>
    internal IReadOnlyList<SkillDescriptor> All => [Drive, Turn, .. drive == DriveKind.Mecanum ? [Strafe] : Array.Empty<SkillDescriptor>(), GoTo, Stop, BodySkills.Wait, SetSpeed, BodySkills.Battery, ReturnHome];
}
