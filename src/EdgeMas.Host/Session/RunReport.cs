using System.Globalization;
using EdgeMas.Core.Missions;
using EdgeMas.Core.Motion;
using EdgeMas.Host.Story;

namespace EdgeMas.Host.Session;

/// <summary>The report at the end of a run: one paragraph for each mission, then where everything is.</summary>
internal static class RunReport
{
    public static void Write(TextWriter output, RunSummary summary, bool colored)
    {
        foreach (var story in summary.Missions)
            WriteMission(output, story, colored);
        foreach (var (call, outcome) in summary.Calls)
            output.WriteLine($"{(outcome.Succeeded ? Color("✓", "32", colored) : Color("✗", "31", colored))} {StoryTeller.OneLine(call.Text)}: {StoryTeller.OneLine(outcome.Reason ?? "done")}{(outcome.Result is { } result ? $" {result.ToJsonString()}" : "")}");
        foreach (var answer in summary.Answers)
            output.WriteLine($"– {StoryTeller.OneLine(answer)}");
        output.WriteLine($"  stands at {Text(summary.Truth)}; started at {Text(summary.TruthStart)} ({(summary.IsTruthKnown ? "the world's truth" : "by odometry")})");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {summary.Seconds:0.0} s in the world, {summary.RealSeconds:0.0} s here; {summary.Tokens} tokens at {summary.TokensPerSecond:N0}/s; {summary.Bus.Published:N0} messages, {summary.Link.Sent + summary.Link.Received:N0} over the broker"));
        output.WriteLine($"  log {Relative(summary.EventLog)}");
    }

    private static void WriteMission(TextWriter output, MissionStory story, bool colored)
    {
        var mission = story.Mission;
        var (mark, code) = mission.Status switch
        {
            MissionStatus.Completed => ("✓", "32"),
            MissionStatus.Failed => ("✗", "31"),
            _ => ("–", "33"),
        };
        var seconds = mission.Ended is { } ended ? string.Create(CultureInfo.InvariantCulture, $" in {(ended - mission.Started).TotalSeconds:0.0} s") : "";
        output.WriteLine($"{Color(mark, code, colored)} “{StoryTeller.OneLine(mission.Order)}” {mission.Status.ToString().ToLowerInvariant()}{seconds}");
        if (story.Heard is { } heard)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  heard by {heard.Recognizer}: {heard.AudioSeconds:0.0} s of sound in {heard.Seconds:0.00} s"));
        for (var i = 0; i < mission.Steps.Count; i++)
        {
            var step = mission.Steps[i];
            var reason = step.Reason is { Length: > 0 } given ? $": {StoryTeller.OneLine(given)}" : "";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {i + 1} {StepText.Of(step.Step)} – {step.State.ToString().ToLowerInvariant()}, {step.Seconds:0.0} s{reason}"));
        }
        if (mission.Reason is { Length: > 0 } said)
            output.WriteLine($"  {StoryTeller.OneLine(said)}");
        if (story.Result("path") is { } picture)
            output.WriteLine($"  picture {Relative(picture)}");
    }

    private static string Text(Pose2D pose) => string.Create(CultureInfo.InvariantCulture, $"({pose.X:0.00}, {pose.Y:0.00}) heading {pose.Heading * 180 / Math.PI:0.0}°");

    private static string Relative(string path) => Path.GetRelativePath(Directory.GetCurrentDirectory(), path) is var near && near.StartsWith("..", StringComparison.Ordinal) ? path : near;

    private static string Color(string text, string code, bool colored) => colored ? $"\x1b[{code}m{text}\x1b[0m" : text;
}
