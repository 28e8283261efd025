using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Skills;
using EdgeMas.Core.Vision;
using EdgeMas.Vision.Things;

namespace EdgeMas.Vision.Looking;

/// <summary>
/// One search: looks, turns on by a step when nothing is there, at most once around; what it finds it turns to and looks at again.
/// Turning is asked of whoever offers the skill <c>turn</c>, with the order's own taint.
/// </summary>
internal sealed class Search(ThingName thing, SkillCall call, AgentContext context, VisionOptions options, Func<ThingName, CancellationToken, ValueTask<View>> look)
{
    private const string TurnSkill = "turn";
    private const double FullCircle = 360;

    /// <summary>Turns towards a found thing; the last look must still show it.</summary>
    private const int MaxCentrings = 4;

    private double _turned;
    private string? _turnFailure;

    public async ValueTask<SkillOutcome> RunAsync(CancellationToken cancellationToken)
    {
        // A thing that flickers, seen and then lost, must not keep the robot turning for ever.
        var mostLooks = (3 * (int)Math.Ceiling(FullCircle / options.SearchStepDegrees)) + 6;
        for (var looks = 0; looks < mostLooks; looks++)
        {
            if (await FindInViewAsync(cancellationToken) is { } seen && await ConfirmAsync(seen, cancellationToken) is { } confirmed)
                return Found(confirmed);
            if (_turnFailure is not null)
                return SkillOutcome.Failed($"no {thing} ahead, and {_turnFailure}");
            var left = FullCircle - _turned;
            if (left < 1)
                return new SkillOutcome(true, $"looked all around and saw no {thing}", Found: false, new JsonObject { ["object"] = thing.ToString() });
            var step = Math.Min(options.SearchStepDegrees, left);
            call.Progress.Report(new SkillProgress(_turned / FullCircle, $"no {thing} yet, turning on"));
            if (await TurnAsync(step, cancellationToken))
                _turned += step;
        }
        return SkillOutcome.Failed($"kept seeing something like a {thing} and losing it again");
    }

    private async ValueTask<Detection?> FindInViewAsync(CancellationToken cancellationToken)
    {
        var view = await look(thing, cancellationToken);
        foreach (var detection in view.Detections)
        {
            if (detection.Confidence >= options.MinConfidence && thing.Fits(detection.Label))
                return detection;
        }
        return null;
    }

    /// <summary>Turns until the thing is in the middle. Whatever is seen last counts.</summary>
    /// <returns>Null when a second look no longer shows it.</returns>
    private async ValueTask<Detection?> ConfirmAsync(Detection seen, CancellationToken cancellationToken)
    {
        for (var i = 0; i < MaxCentrings; i++)
        {
            var degrees = seen.Bearing * 180 / Math.PI;
            var centred = Math.Abs(degrees) <= options.CentredDegrees;
            call.Progress.Report(new SkillProgress(Math.Min(1, _turned / FullCircle), $"saw a {seen.Label}"));
            if (!centred && await TurnAsync(degrees, cancellationToken))
                _turned = Math.Clamp(_turned + degrees, 0, FullCircle);
            if (await FindInViewAsync(cancellationToken) is not { } again)
                return null;
            seen = again;
            if (centred || _turnFailure is not null)
                return seen;
        }
        return seen;
    }

    private async ValueTask<bool> TurnAsync(double degrees, CancellationToken cancellationToken)
    {
        var arguments = JsonSerializer.SerializeToElement(new JsonObject { ["angle_deg"] = Math.Round(degrees, 2) }, Core.EdgeMasJson.Default.JsonObject);
        var reply = await context.CallSkillAsync(TurnSkill, arguments, call.Mission, call.Taint, onProgress: null, cancellationToken);
        _turnFailure = reply.Outcome.Succeeded ? null : $"turning failed: {reply.Outcome.Reason ?? "no reason was given"}";
        return reply.Outcome.Succeeded;
    }

    private SkillOutcome Found(Detection detection) => new(
        true,
        $"found a {detection.Label}",
        Found: true,
        new JsonObject
        {
            ["object"] = thing.ToString(),
            ["label"] = detection.Label,
            ["bearing_deg"] = Math.Round(detection.Bearing * 180 / Math.PI, 2),
            ["confidence"] = detection.Confidence,
        });
}
