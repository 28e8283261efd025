using System.Globalization;
using EdgeMas.Core.Missions;
using EdgeMas.Host.Story;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EdgeMas.Host.Terminal;

/// <summary>The newest order: its words, how it was heard, the plan with the state of each step, and its end.</summary>
internal sealed class MissionPanel(RobotStory story, int columns, int rows)
{
    private const int BarCells = 8;

    public IRenderable Draw()
    {
        if (story.Current is not { } current)
            return new Paragraph(story.Heard is { Text.Length: > 0 } heard ? $"“{heard.Text}”" : "No order yet.", new Style(Palette.Quiet));
        var text = new Paragraph { Overflow = Overflow.Crop };
        var (mark, color) = Palette.Of(current.Mission.Status);
        Line(text, ($"{mark} ", new Style(color)), ($"“{Dashboard.Shorten(StoryTeller.OneLine(current.Mission.Order), columns - 4)}”", new Style(Palette.Plain, decoration: Decoration.Bold)));
        Line(text, (Dashboard.Shorten("  " + Origin(current), columns), new Style(Palette.Quiet)));
        Line(text);
        var room = Math.Max(1, rows - 5);
        var steps = current.Mission.Steps;
        var first = Math.Clamp(steps.ToList().FindIndex(step => step.State == StepState.Running) - room + 2, 0, Math.Max(0, steps.Count - room));
        for (var i = first; i < Math.Min(steps.Count, first + room); i++)
            Step(text, i, steps[i], current.Progress(i));
        if (steps.Count == 0 && !current.Mission.HasEnded)
            Line(text, ("  thinking …", new Style(Palette.Quiet, decoration: Decoration.Italic)));
        if (current.Mission is { HasEnded: true, Reason: { Length: > 0 } reason })
        {
            Line(text);
            text.Append(Dashboard.Shorten($"  {StoryTeller.OneLine(reason)}", (columns - 1) * 2), new Style(color));
        }
        return text;
    }

    private static string Origin(MissionStory mission)
    {
        var origin = mission.Heard is { } heard ? $"heard by {heard.Recognizer} in {Seconds(heard.Seconds)}" : $"from {mission.Mission.Source}";
        if (mission.Proposal is not { } plan)
            return origin;
        var count = plan.Plan.Steps.Count;
        return $"{origin} · {count} {(count == 1 ? "step" : "steps")} in {Seconds(plan.Seconds)}, {plan.Tokens} tokens";
    }

    private void Step(Paragraph text, int index, MissionStep step, double progress)
    {
        var (mark, color) = Palette.Of(step.State);
        var state = step.State switch
        {
            StepState.Running => Bar(progress),
            StepState.Completed => Seconds(step.Seconds),
            StepState.Pending => StepText.Guard(step.Step),
            _ => step.State.ToString().ToLowerInvariant(),
        };
        var name = Dashboard.Shorten(StepText.Of(step.Step), columns - BarCells - 14);
        var agent = step.Agent is { } who && columns > 44 ? who : "";
        var width = columns - BarCells - 6 - (columns > 44 ? 8 : 0) - 4;
        Line(
            text,
            ($"{mark} ", new Style(color)),
            ($"{index + 1,2} ", new Style(Palette.Quiet)),
            (name.PadRight(Math.Max(0, width)), new Style(step.State == StepState.Pending ? Palette.Quiet : Palette.Plain)),
            (columns > 44 ? agent.PadRight(8) : "", new Style(Palette.Quiet)),
            (Dashboard.Shorten(state, BarCells + 5), new Style(step.State == StepState.Completed ? Palette.Quiet : color)));
    }

    private static string Bar(double fraction)
    {
        var cells = (int)Math.Round(Math.Clamp(fraction, 0, 1) * BarCells);
        return $"{new string('━', cells)}{new string('╌', BarCells - cells)} {fraction.ToString("0%", CultureInfo.InvariantCulture)}";
    }

    private static string Seconds(double seconds) =>
        seconds < 1 ? $"{(seconds * 1000).ToString("0", CultureInfo.InvariantCulture)} ms" : $"{seconds.ToString("0.0", CultureInfo.InvariantCulture)} s";

    private static void Line(Paragraph text, params (string Text, Style Style)[] parts)
    {
        foreach (var (part, style) in parts)
            text.Append(part, style);
        text.Append("\n");
    }
}
