using EdgeMas.Control.Goals;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Skills;

namespace EdgeMas.Control.Motor.Car;

/// <summary>
/// The motions of a base that steers which take more than one goal: turning where it stands and going to a place. The whole way is planned before anything moves, and refused
/// where none fits; each piece is then a goal of its own, which begins where the plan wants it to and not where the base came to rest.
/// </summary>
/// <param name="pose">Where the base stands.</param>
/// <param name="move">Works on one goal to its end.</param>
internal sealed class CarMotions(CarPlanner planner, Func<Pose2D> pose, Func<MotionGoal, IProgress<SkillProgress>, CancellationToken, ValueTask<SkillOutcome>> move)
{
    /// <summary>A way that ended this far from its place is mended, so many times.</summary>
    private const double Enough = 0.1;
    private const double EnoughAngle = 0.06;
    private const int MostMends = 2;

    /// <summary>More is turned in pieces, so that the base turns to the side that it was told.</summary>
    private const double MostTurn = 0.75 * Math.PI;

    private const string Travelled = "travelled_m";
    private const string Turned = "turned_deg";

    /// <param name="angle">Radians, left positive.</param>
    internal async ValueTask<SkillOutcome> TurnAsync(double angle, double speed, IProgress<SkillProgress> progress, CancellationToken cancellationToken)
    {
        var pieces = Math.Max(1, (int)Math.Ceiling((Math.Abs(angle) / MostTurn) - 1e-9));
        var (start, way) = (pose(), new List<CarSegment>());
        var at = start;
        for (var i = 1; i <= pieces; i++)
        {
            var end = start with { Heading = Angles.Wrap(start.Heading + (angle * i / pieces)) };
            if (planner.Plan(at, end) is not { } piece)
                return SkillOutcome.Failed($"not begun: there is no room here to turn by {Math.Abs(angle) * 180 / Math.PI:0}°: the base turns in circles of {planner.Radius:0.0#} m radius only");
            way.AddRange(piece);
            at = end;
        }
        var outcome = await DriveAsync(way, speed, isHoming: false, progress, cancellationToken);
        return outcome.Succeeded ? await MendAsync(at, outcome, speed, isHoming: false, progress, cancellationToken) : outcome;
    }

    internal async ValueTask<SkillOutcome> GoToAsync(MotorPlace place, double speed, bool isHoming, IProgress<SkillProgress> progress, CancellationToken cancellationToken)
    {
        var to = new Pose2D(place.X, place.Y, place.Heading ?? double.NaN);
        if (planner.Plan(pose(), to) is not { } way)
            return SkillOutcome.Failed($"not begun: no way to {place.Name} was found that stays in the fence and off what is known, in curves of {planner.Radius:0.0#} m radius");
        var outcome = await DriveAsync(way, speed, isHoming, progress, cancellationToken);
        if (!outcome.Succeeded)
            return outcome with { Reason = $"on the way to {place.Name}: {outcome.Reason}" };
        return await MendAsync(to, outcome, speed, isHoming, progress, cancellationToken);
    }

    private async ValueTask<SkillOutcome> DriveAsync(
        IReadOnlyList<CarSegment> way, double speed, bool isHoming, IProgress<SkillProgress> progress, CancellationToken cancellationToken)
    {
        var whole = way.Sum(segment => Math.Abs(segment.Length));
        var (outcome, done) = (SkillOutcome.Done(""), 0.0);
        var (travelled, turned) = (0.0, 0.0);
        foreach (var segment in way)
        {
            var share = Math.Abs(segment.Length) / whole;
            var goal = MotionGoal.Arc(segment.From, segment.Length, segment.Length * segment.Curvature, speed, isHoming);
            outcome = await move(goal, new LegProgress(progress, done, share), cancellationToken);
            if (outcome.Result is { } result) // of this piece: what counts is the whole way
            {
                result[Travelled] = Math.Round(travelled += result[Travelled]!.GetValue<double>(), 3);
                result[Turned] = Math.Round(turned += result[Turned]!.GetValue<double>(), 2);
            }
            if (!outcome.Succeeded)
                return outcome;
            done += share;
        }
        return outcome;
    }

    /// <summary>Wheels slip, and the pose may have been corrected on the way: goes the rest, where there is one and it fits.</summary>
    private async ValueTask<SkillOutcome> MendAsync(Pose2D to, SkillOutcome outcome, double speed, bool isHoming, IProgress<SkillProgress> progress, CancellationToken cancellationToken)
    {
        for (var i = 0; i < MostMends && outcome.Succeeded && !IsThere(pose(), to); i++)
        {
            if (planner.Plan(pose(), to) is not { } way)
                return SkillOutcome.Failed("stopped beside the place: there is no room to get nearer");
            outcome = await DriveAsync(way, speed, isHoming, progress, cancellationToken);
        }
        return outcome;
    }

    private static bool IsThere(in Pose2D pose, in Pose2D to) =>
        pose.DistanceTo(to) < Enough
        && (double.IsNaN(to.Heading) || Math.Abs(Angles.Wrap(to.Heading - pose.Heading)) < EnoughAngle);
}
