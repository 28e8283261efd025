using System.Text.Json.Nodes;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Motor;
using EdgeMas.Control.Stopping;
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
    private readonly VehicleRunner<FlightGoal, FlightState> _runner;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, MotorPlace> _places;

    internal FlightSkills(
        VehicleDesk<FlightGoal, FlightState> desk, VehicleRunner<FlightGoal, FlightState> runner, FlightLimits limits, QuadrotorOptions options, TimeProvider time)
    {
        (_desk, _runner, _time) = (desk, runner, time);
        _places = options.Places.ToDictionary(place => place.Name, StringComparer.OrdinalIgnoreCase);
        var skills = Describe(limits, options.OpenTo);
        All =
        [
            new Skill(skills[0], (call, token) => FlyAsync(FlightGoal.TakeOff(VehicleWords.Number(call, "height_m")), "in the air", call, token)),
            new Skill(skills[1], (call, token) => FlyAsync(FlightGoal.Land(), "landed", call, token)),
            new Skill(skills[2], (call, token) => FlyAsync(
                FlightGoal.FlyTo(new Vector3D(VehicleWords.Number(call, "x_m"), VehicleWords.Number(call, "y_m"), VehicleWords.Number(call, "z_m"))), "arrived", call, token)),
            new Skill(skills[3], GoToAsync),
            new Skill(skills[4], StopAsync),
            new Skill(skills[5], WaitAsync),
            new Skill(skills[6], ReportBattery),
        ];
    }

    internal IReadOnlyList<Skill> All { get; }

    internal static IReadOnlyList<SkillDescriptor> Describe(FlightLimits limits, Taint openTo) =>
    [
        VehicleWords.Motion(
            "take_off", "Rise from the ground to a height and hover.", new SkillSchema().Number("height_m", "m", limits.Floor, limits.Ceiling), openTo, seconds: 5, minutes: 2,
            "take off", "take off to {height_m}"),
        VehicleWords.Motion("land", "Land where it is and stop the rotors.", new SkillSchema(), openTo, seconds: 8, minutes: 3, "land", "land now"),
        VehicleWords.Motion(
            "fly_to", "Fly straight to a point of the world, z up from the ground.",
            new SkillSchema().Number("x_m", "m", -Far, Far).Number("y_m", "m", -Far, Far).Number("z_m", "m", limits.Floor, limits.Ceiling), openTo, seconds: 10, minutes: 10),
        VehicleWords.Motion("goto", "Fly to a known place at the height of now.", new SkillSchema().Place("place"), openTo, seconds: 10, minutes: 10, "fly to {place}", "go to {place}", "go to the {place}"),
        VehicleWords.Stop("Stop in the air and hover there."),
        new("wait", "Wait for this many seconds.", new SkillSchema().Number("seconds", "s", 0, 3600).Build())
        {
            TypicalDuration = TimeSpan.FromSeconds(5),
            TimeLimit = TimeSpan.FromMinutes(61),
            Phrases = ["wait {seconds}", "wait for {seconds}"],
        },
        new("battery", "Tell how full the battery is.", new SkillSchema().Build())
        {
            Safety = SafetyClass.Observe,
            TypicalDuration = TimeSpan.FromMilliseconds(10),
            Phrases = ["battery", "report battery", "how full is the battery"],
        },
    ];

    private ValueTask<SkillOutcome> GoToAsync(SkillCall call, CancellationToken cancellationToken)
    {
        var name = call.Arguments.GetProperty("place").GetString() ?? "";
        if (!_places.TryGetValue(name, out var place))
            return ValueTask.FromResult(SkillOutcome.Failed($"there is no place '{name}'; known are {string.Join(", ", _places.Keys)}"));
        var height = _desk.Snapshot.Body.Target.Z;
        return FlyAsync(FlightGoal.FlyTo(new Vector3D(place.X, place.Y, height), place.Heading ?? double.NaN), $"reached {name}", call, cancellationToken);
    }

    private async ValueTask<SkillOutcome> FlyAsync(FlightGoal goal, string done, SkillCall call, CancellationToken cancellationToken)
    {
        if (goal.Kind == FlightGoalKind.FlyTo && _desk.Snapshot.Body.Mode == FlightMode.Off)
            return SkillOutcome.Failed("it stands on the ground: take_off comes first");
        try
        {
            var end = await _runner.RunAsync(goal, FlightGoal.Hover(), call.Progress, cancellationToken);
            return end.State == MotionState.Done
                ? SkillOutcome.Done(done, ResultOf(end))
                : new SkillOutcome(false, $"{(end.State == MotionState.Refused ? "not begun" : "ended early")}: {VehicleWords.Why(end.Cause, _desk.Fault)}", null, ResultOf(end));
        }
        catch (MotionRefusedException refusal)
        {
            return SkillOutcome.Failed(refusal.Message);
        }
    }

    private async ValueTask<SkillOutcome> StopAsync(SkillCall call, CancellationToken cancellationToken)
    {
        var outcome = await FlyAsync(FlightGoal.Hover(), "hovering", call, cancellationToken);
        if (!outcome.Succeeded)
            _desk.EmergencyStop.Engage(EStopReason.Api); // whoever has it: it shall come down
        return outcome.Succeeded ? outcome : outcome with { Reason = $"{outcome.Reason}; emergency stop engaged" };
    }

    private async ValueTask<SkillOutcome> WaitAsync(SkillCall call, CancellationToken cancellationToken)
    {
        var seconds = VehicleWords.Number(call, "seconds");
        await Task.Delay(TimeSpan.FromSeconds(seconds), _time, cancellationToken);
        return SkillOutcome.Done($"waited {seconds:0.##} s");
    }

    private ValueTask<SkillOutcome> ReportBattery(SkillCall call, CancellationToken cancellationToken)
    {
        var battery = _desk.Snapshot.Body.Battery;
        return ValueTask.FromResult(double.IsNaN(battery)
            ? SkillOutcome.Failed("the body has not reported its battery yet")
            : SkillOutcome.Done($"battery at {battery * 100:0} %", new JsonObject { ["battery"] = Math.Round(battery, 4) }));
    }

    private static JsonObject ResultOf(in VehicleSnapshot<FlightState> end) => new()
    {
        ["x"] = Math.Round(end.Body.Position.X, 2),
        ["y"] = Math.Round(end.Body.Position.Y, 2),
        ["z"] = Math.Round(end.Body.Position.Z, 2),
        ["yaw_deg"] = Math.Round(end.Body.Yaw * 180 / Math.PI, 1),
    };
}
