using System.Globalization;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Missions;

namespace EdgeMas.Host.Story;

/// <summary>Turns a message into a sentence for people; most messages are not for them.</summary>
internal static class StoryTeller
{
    /// <returns>Null for what is not for people. Text without control characters, whoever sent the message.</returns>
    public static (StoryKind Kind, string Text)? Tell(in Delivery delivery) => Sentence(delivery) is var (kind, text) ? (kind, Plain(text)) : null;

    private static (StoryKind Kind, string Text)? Sentence(in Delivery delivery) => delivery.Message.Data switch
    {
        SpeechHeard { Text: "" } heard => (StoryKind.Warning, $"heard {heard.AudioSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s of sound and understood nothing"),
        SpeechHeard heard => (StoryKind.Heard, $"heard \"{heard.Text}\" ({heard.Recognizer}, {Seconds(heard.Seconds)})"),
        SayRequest say => (StoryKind.Say, $"says \"{OneLine(say.Text)}\""),
        PlanProposal { Plan.Steps.Count: 0 } => (StoryKind.Plan, "plan: nothing that is offered serves this order"),
        PlanProposal proposal => (StoryKind.Plan, $"plan: {string.Join(", ", proposal.Plan.Steps.Select(StepText.Of))} ({proposal.Tokens} tokens, {Seconds(proposal.Seconds)})"),
        Critique { Accepted: false } critique => (StoryKind.Warning, $"plan rejected by {critique.By}: {critique.Reason}"),
        StepChanged { Step.State: not (StepState.Pending or StepState.Running) } step => TellStep(step),
        Mission mission when delivery.Topic.Contains("/missions/", StringComparison.Ordinal) => TellMission(mission), // not the copy for whoever gave the order
        EStopRequest stop => (StoryKind.Failure, stop.Engaged ? $"EMERGENCY STOP: {OneLine(stop.Reason)}" : "emergency stop released"),
        AgentReport { State: "failed" or "restarting" } agent => (StoryKind.Warning, $"agent {agent.Agent} is {agent.State}: {OneLine(agent.Reason ?? "no reason given")}"),
        HealthReport { Degraded: { } degraded } => (StoryKind.Warning, $"degraded: {OneLine(degraded)}"),
        _ => null,
    };

    /// <summary>A step begins; its progress, which comes many times, is not told.</summary>
    public static (StoryKind Kind, string Text) TellBeginning(StepChanged step) => (StoryKind.Step, $"step {step.Index + 1}: {StepText.Of(step.Step.Step)}");

    private static (StoryKind, string)? TellStep(StepChanged changed)
    {
        var step = changed.Step;
        var kind = step.State switch { StepState.Completed => StoryKind.Done, StepState.Skipped => StoryKind.Note, _ => StoryKind.Failure };
        var reason = step.Reason is { Length: > 0 } given ? $": {OneLine(given)}" : "";
        return (kind, $"step {changed.Index + 1}: {StepText.Of(step.Step)} {step.State.ToString().ToLowerInvariant()}{(step.Seconds > 0 ? $" in {Seconds(step.Seconds)}" : "")}{reason}");
    }

    private static (StoryKind, string)? TellMission(Mission mission) => mission.Status switch
    {
        MissionStatus.Planning when mission.Steps.Count == 0 && mission.Round == 0 => (StoryKind.Order, $"order \"{OneLine(mission.Order)}\" ({mission.Source})"),
        MissionStatus.Completed => (StoryKind.Done, $"mission completed{Because(mission)}"),
        MissionStatus.Refused => (StoryKind.Warning, $"order refused{Because(mission)}"),
        MissionStatus.Failed => (StoryKind.Failure, $"mission failed{Because(mission)}"),
        MissionStatus.Cancelled => (StoryKind.Warning, $"mission cancelled{Because(mission)}"),
        _ => null,
    };

    private static string Because(Mission mission) => mission.Reason is { Length: > 0 } reason ? $": {OneLine(reason)}" : "";

    private static string Seconds(double seconds) =>
        seconds < 1 ? $"{(seconds * 1000).ToString("0", CultureInfo.InvariantCulture)} ms" : $"{seconds.ToString("0.0", CultureInfo.InvariantCulture)} s";

    /// <summary>Untrusted words for a terminal: one line, no control characters, bounded.</summary>
    internal static string OneLine(string text)
    {
        const int Longest = 160;
        return text.Length > Longest ? Plain(text.AsSpan(0, Longest)) + "…" : Plain(text);
    }

    private static string Plain(ReadOnlySpan<char> text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
            span[i] = char.IsControl(source[i]) ? ' ' : source[i];
    });
}
