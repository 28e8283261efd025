using System.Globalization;
using System.Text.Json;
using EdgeMas.Core.Missions;

namespace EdgeMas.Reasoning.Criticism;

/// <summary>
/// Follows a plan's way by dead reckoning and refuses one that surely leaves the geofence. Where the way is not sure (a search may turn the robot, a place's
/// position is unknown) it says nothing: the envelope stops the robot at the fence in any case.
/// </summary>
internal static class GeofenceRule
{
    private const string By = "rule: geofence";

    /// <summary>Ways that guards ("when found") branch into; more are not followed.</summary>
    private const int MaxWays = 32;

    internal static Verdict? Check(PlanReview review)
    {
        if (review.Options.Geofence.Count < 3)
            return null;
        var fence = new FenceArea(review.Options.Geofence);
        var start = review.Pose is { } pose && fence.Contains((pose.X, pose.Y)) ? new Way((pose.X, pose.Y), pose.Heading) : new Way(null, null);
        var ways = new List<Way> { start };
        foreach (var step in review.Steps)
        {
            var next = new List<Way>();
            foreach (var way in ways)
            {
                if (Follow(review, fence, way, step) is not { } after)
                    return Refuse(review, step);
                next.Add(after);
                if (step.When != StepGuard.Always && next.Count < MaxWays)
                    next.Add(way); // the guard may not hold
            }
            ways = next.Count > MaxWays ? next[..MaxWays] : next;
        }
        return null;
    }

    /// <returns>Null when the step leads out.</returns>
    private static Way? Follow(PlanReview review, FenceArea fence, Way way, PlanStep step)
    {
        var skills = review.Options.Skills;
        if (step.Name == skills.Drive)
        {
            if (NumberOf(step) is not { } distance)
                return new Way(null, way.Heading);
            if (Math.Abs(distance) > fence.Diagonal)
                return null;
            if (way.Position is not { } from || way.Heading is not { } heading)
                return new Way(null, way.Heading);
            var to = (from.X + distance * Math.Cos(heading), from.Y + distance * Math.Sin(heading));
            return fence.ContainsWay(from, to) ? way with { Position = to } : null;
        }
        if (step.Name == skills.Turn)
            return way with { Heading = way.Heading + NumberOf(step) * Math.PI / 180 };
        if (step.Name == skills.GoTo)
            return GoTo(review, fence, step);
        if (step.Name == skills.Home)
            return new Way(review.Options.Home, null);
        return review.Registry.Find(step.Name) is { IsSearch: true } ? way with { Heading = null } : way;
    }

    private static Way? GoTo(PlanReview review, FenceArea fence, PlanStep step)
    {
        var place = step.Arguments.EnumerateObject().Select(argument => argument.Value).FirstOrDefault(value => value.ValueKind == JsonValueKind.String);
        if (place.ValueKind != JsonValueKind.String || !review.Options.Places.TryGetValue(place.GetString()!, out var position))
            return new Way(null, null);
        return fence.Contains(position) ? new Way(position, null) : null;
    }

    private static double? NumberOf(PlanStep step)
    {
        foreach (var argument in step.Arguments.EnumerateObject())
        {
            if (argument.Value.ValueKind == JsonValueKind.Number && argument.Value.TryGetDouble(out var number))
                return number;
        }
        return null;
    }

    private static Verdict Refuse(PlanReview review, PlanStep step)
    {
        var amount = NumberOf(step) is { } number ? string.Create(CultureInfo.InvariantCulture, $" ({number:0.##})") : "";
        var index = review.Steps.ToList().IndexOf(step) + 1;
        return new Verdict($"Step {index}, {step.Name}{amount}, would leave the area that I must stay in.", Final: true, By);
    }

    /// <summary>What is known of the pose on one possible way through the plan.</summary>
    private sealed record Way((double X, double Y)? Position, double? Heading);
}
