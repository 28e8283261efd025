using System.Text.Json.Nodes;
using EdgeMas.Control.Motor;
using EdgeMas.Control.Vehicles;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Skills;

namespace EdgeMas.Control.Flight;

/// <summary>The quadrotor agent's skills: from arguments to goals, and from how a goal ended to an outcome.</summary>
internal sealed class FlightSkills
{
    private const double Far = 1000;

    private readonly VehicleDesk<FlightGoal, FlightState> _desk;
    private readonly VehicleMotions<FlightGoal, FlightState> _motions;
    private readonly Dictionary<string, MotorPlace> _places;

    internal FlightSkills(
        VehicleDesk<FlightGoal, FlightState> desk, VehicleRunner<FlightGoal, FlightState> runner, FlightLimits limits, QuadrotorOptions options, TimeProvider time)
    {
        (_desk, _motions) = (desk, new VehicleMotions<FlightGoal, FlightState>(desk, runner, FlightGoal.Hover(), static end => ResultOf(end)));
        _places = options.Places.ToDictionary(place => place.Name, StringComparer.OrdinalIgnoreCase);
        var skills = Describe(limits, options.OpenTo);
        All =
        [
            new Skill(skills[0], (call, token) => FlyAsync(FlightGoal.TakeOff(BodySkills.Number(call, "height_m")), "in the air", call, token)),
            new Skill(skills[1], (call, token) => FlyAsync(FlightGoal.Land(), "landed", call, token)),
            new Skill(skills[2], (call, token) => FlyAsync(
                FlightGoal.FlyTo(new Vector3D(BodySkills.Number(call, "x_m"), BodySkills.Number(call, "y_m"), BodySkills.Number(call, "z_m"))), "arrived", call, token)),
            new Skill(skills[3], GoToAsync),
            new Skill(skills[4], (call, token) => _motions.StopAsync("hovering", call, token)),
            BodySkills.ForWaiting(time),
            BodySkills.ForBattery(() => _desk.Snapshot.Body.Battery),
        ];
    }

    internal IReadOnlyList<Skill> All { get; }

    internal static IReadOnlyList<SkillDescriptor> Describe(FlightLimits limits, Taint openTo) =>
    [
        BodySkills.Motion(
            "take_off", "Rise from the ground to a height and hover.", new SkillSchema().Number("height_m", "m", limits.Floor, limits.Ceiling), openTo, seconds: 5, minutes: 2,
            "take off", "take off to {height_m}"),
        BodySkills.Motion("land", "Land where it is and stop the rotors.", new SkillSchema(), openTo, seconds: 8, minutes: 3, "land", "land now"),
        BodySkills.Motion(
            "fly_to", "Fly straight to a point of the world, z up from the ground.",
            new SkillSchema().Number("x_m", "m", -Far, Far).Number("y_m", "m", -Far, Far).Number("z_m", "m", limits.Floor, limits.Ceiling), openTo, seconds: 10, minutes: 10),
        BodySkills.Motion("goto", "Fly to a known place at the height of now.", new SkillSchema().Place("place"), openTo, seconds: 10, minutes: 10, "fly to {place}", "go to {place}", "go to the {place}"),
        BodySkills.Stop("Stop in the air and hover there.", TimeSpan.FromSeconds(15)),
        BodySkills.Wait,
        BodySkills.Battery,
    ];

    private ValueTask<SkillOutcome> GoToAsync(SkillCall call, CancellationToken cancellationToken)
    {
        var name = call.Arguments.GetProperty("place").GetString() ?? "";
        if (!_places.TryGetValue(name, out var place))
            return ValueTask.FromResult(SkillOutcome.Failed($"there is no place '{name}'; known are {string.Join(", ", _places.Keys)}"));
        var height = _desk.Snapshot.Body.Target.Z;
        return FlyAsync(FlightGoal.FlyTo(new Vector3D(place.X, place.Y, height), place.Heading ?? double.NaN), $"reached {name}", call, cancellationToken);
    }

    private ValueTask<SkillOutcome> FlyAsync(FlightGoal goal, string done, SkillCall call, CancellationToken cancellationToken) =>
        goal.Kind == FlightGoalKind.FlyTo && _desk.Snapshot.Body.Mode == FlightMode.Off
            ? ValueTask.FromResult(SkillOutcome.Failed("it stands on the ground: take_off comes first"))
            : _motions.MoveAsync(goal, done, call, cancellationToken);

    private static JsonObject ResultOf(in VehicleSnapshot<FlightState> end) => new()
    {
        ["x"] = Math.Round(end.Body.Position.X, 2),
        ["y"] = Math.Round(end.Body.Position.Y, 2),
        ["z"] = Math.Round(end.Body.Position.Z, 2),
        ["yaw_deg"] = Math.Round(end.Body.Yaw * 180 / Math.PI, 1),
    };
}
