using System.Text.Json.Nodes;
using EdgeMas.Control.Desk;
using EdgeMas.Control.Goals;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Motor.Car;
using EdgeMas.Control.Vehicles;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Skills;

namespace EdgeMas.Control.Motor;

/// <summary>The motor agent's skills: from arguments to goals, and from how a goal ended to an outcome.</summary>
internal sealed class MotorSkills
{
    private readonly MotionDesk _desk;
    private readonly MotionRunner _runner;
    private readonly Dictionary<string, MotorPlace> _places;
    private readonly MotorPlace? _dock;
    private readonly RoutePlanner _routes;
    private readonly CarMotions? _car;
    private double _speed = double.NaN;

    internal MotorSkills(MotionDesk desk, MotionRunner runner, MotorOptions options, TimeProvider time)
    {
        _desk = desk;
        _runner = runner;
        _dock = options.Dock;
        _routes = new RoutePlanner(options.KnownObstacles, desk.Limits);
        _places = options.Places.ToDictionary(place => place.Name, StringComparer.OrdinalIgnoreCase);
        if (_dock is not null)
            _places.TryAdd(_dock.Name, _dock);
        var skills = new MotorDescriptors(desk.Limits.MaxSpeed, options.OpenTo, options.Drive.Kind);
        if (options.Drive.Kind == DriveKind.Ackermann)
            _car = new CarMotions(new CarPlanner(options.KnownObstacles, desk.Limits, options.Drive), () => desk.Snapshot.Pose, (goal, progress, end) => MoveAsync(goal, progress, _ => "", end));
        All =
        [
            new Skill(skills.Drive, DriveAsync),
            new Skill(skills.Turn, TurnAsync),
            new Skill(skills.GoTo, GoToAsync),
            new Skill(skills.Stop, StopAsync),
            BodySkills.ForWaiting(time),
            new Skill(skills.SetSpeed, SetSpeed),
            BodySkills.ForBattery(() => _desk.Snapshot.Battery),
        ];
        if (options.Drive.Kind == DriveKind.Mecanum)
            All = [.. All, new Skill(skills.Strafe, StrafeAsync)];
        if (_dock is not null)
            All = [.. All, new Skill(skills.ReturnHome, ReturnHomeAsync)];
    }

    internal IReadOnlyList<Skill> All { get; }

    private ValueTask<SkillOutcome> DriveAsync(SkillCall call, CancellationToken cancellationToken) =>
        MoveAsync(MotionGoal.Drive(BodySkills.Number(call, "distance_m"), Volatile.Read(ref _speed)), call.Progress, end => MotionOutcome.Drove(end), cancellationToken);

    private ValueTask<SkillOutcome> StrafeAsync(SkillCall call, CancellationToken cancellationToken) =>
        MoveAsync(MotionGoal.Strafe(BodySkills.Number(call, "distance_m"), Volatile.Read(ref _speed)), call.Progress, end => MotionOutcome.Strafed(end), cancellationToken);

    private async ValueTask<SkillOutcome> TurnAsync(SkillCall call, CancellationToken cancellationToken)
    {
        var angle = BodySkills.Number(call, "angle_deg") * Math.PI / 180;
        if (_car is null)
            return await MoveAsync(MotionGoal.Turn(angle), call.Progress, end => MotionOutcome.Turned(end.Turned), cancellationToken);
        var outcome = await _car.TurnAsync(angle, Volatile.Read(ref _speed), call.Progress, cancellationToken);
        return outcome.Succeeded ? outcome with { Reason = MotionOutcome.Turned(angle) } : outcome;
    }

    private ValueTask<SkillOutcome> GoToAsync(SkillCall call, CancellationToken cancellationToken)
    {
        var name = call.Arguments.GetProperty("place").GetString() ?? "";
        return _places.TryGetValue(name, out var place)
            ? GoToAsync(place, isHoming: place == _dock, call, cancellationToken)
            : ValueTask.FromResult(SkillOutcome.Failed($"there is no place '{name}'; known are {string.Join(", ", _places.Keys)}"));
    }

    private ValueTask<SkillOutcome> ReturnHomeAsync(SkillCall call, CancellationToken cancellationToken) =>
        GoToAsync(_dock!, isHoming: true, call, cancellationToken);

    private async ValueTask<SkillOutcome> GoToAsync(MotorPlace place, bool isHoming, SkillCall call, CancellationToken cancellationToken)
    {
        if (_car is not null)
        {
            var reached = await _car.GoToAsync(place, Volatile.Read(ref _speed), isHoming, call.Progress, cancellationToken);
            return reached.Succeeded ? reached with { Reason = $"reached {place.Name}" } : reached;
        }
        var pose = _desk.Snapshot.Pose;
        var legs = _routes.Plan(new Point2D(pose.X, pose.Y), new Point2D(place.X, place.Y));
        for (var i = 0; i < legs.Count - 1; i++)
        {
            var leg = MotionGoal.GoTo(legs[i].X, legs[i].Y, double.NaN, Volatile.Read(ref _speed), isHoming);
            var outcome = await MoveAsync(leg, new LegProgress(call.Progress, (double)i / legs.Count, 1.0 / legs.Count), _ => "", cancellationToken);
            if (!outcome.Succeeded)
                return outcome with { Reason = $"on the way to {place.Name}: {outcome.Reason}" };
        }
        var last = MotionGoal.GoTo(place.X, place.Y, place.Heading ?? double.NaN, Volatile.Read(ref _speed), isHoming);
        return await MoveAsync(
            last, new LegProgress(call.Progress, (legs.Count - 1.0) / legs.Count, 1.0 / legs.Count), _ => $"reached {place.Name}", cancellationToken);
    }

    private async ValueTask<SkillOutcome> MoveAsync(
        MotionGoal goal, IProgress<SkillProgress> progress, Func<MotionSnapshot, string> done, CancellationToken cancellationToken)
    {
        MotionSnapshot end;
        try
        {
            end = await _runner.RunAsync(goal, progress, cancellationToken);
        }
        catch (MotionRefusedException refusal)
        {
            return SkillOutcome.Failed(refusal.Message);
        }
        if (end.State == MotionState.Done && end.Kind == goal.Kind)
            return SkillOutcome.Done(done(end), ResultOf(end));
        return new SkillOutcome(false, MotionOutcome.Broken(end, _desk.Fault), null, ResultOf(end));
    }

    private async ValueTask<SkillOutcome> StopAsync(SkillCall call, CancellationToken cancellationToken)
    {
        try
        {
            var end = await _runner.RunAsync(MotionGoal.Stop(), null, cancellationToken);
            return end.Kind == GoalKind.Stop || end.State != MotionState.Running
                ? SkillOutcome.Done("stopped")
                : SkillOutcome.Failed("a newer motion took the stop's place");
        }
        catch (MotionRefusedException refusal)
        {
            _desk.EmergencyStop.Engage(Stopping.EStopReason.Api); // whoever has the base: it shall stand
            return SkillOutcome.Failed($"{refusal.Message}; emergency stop engaged");
        }
    }

    private ValueTask<SkillOutcome> SetSpeed(SkillCall call, CancellationToken cancellationToken)
    {
        var speed = Math.Min(BodySkills.Number(call, "speed_mps"), _desk.Limits.MaxSpeed);
        Volatile.Write(ref _speed, speed);
        return ValueTask.FromResult(SkillOutcome.Done($"speed is {speed:0.##} m/s from now on"));
    }

    private static JsonObject ResultOf(in MotionSnapshot end) => new()
    {
        ["travelled_m"] = Math.Round(end.Travelled, 3),
        ["turned_deg"] = Math.Round(end.Turned * 180 / Math.PI, 2),
        ["x"] = Math.Round(end.Pose.X, 3),
        ["y"] = Math.Round(end.Pose.Y, 3),
        ["heading"] = Math.Round(end.Pose.Heading, 4),
    };
}
