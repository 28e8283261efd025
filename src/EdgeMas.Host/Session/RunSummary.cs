using System.Text.Json.Nodes;
using EdgeMas.Core.Broker;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Missions;
using EdgeMas.Core.Motion;
using EdgeMas.Host.Story;

namespace EdgeMas.Host.Session;

/// <summary>What came of a run, for reports and machines.</summary>
/// <param name="Missions">In order; their stories do not change any more.</param>
/// <param name="Left">Missions that a killed process left behind, with the end that they were given.</param>
/// <param name="Answers">What was said to orders that became no mission.</param>
/// <param name="TruthStart">The world's own pose before the first order.</param>
/// <param name="Seconds">Of the world's clock since the first order.</param>
internal sealed record RunSummary(
    IReadOnlyList<MissionStory> Missions, IReadOnlyList<MissionStory> Left, IReadOnlyList<string> Answers, string? Heard, Pose2D Pose, Pose2D TruthStart, Pose2D Truth, double Seconds, double RealSeconds,
    int Tokens, double TokensPerSecond, BusCounters Bus, BrokerLinkCounters Link, string EventLog)
{
    /// <summary>False for a body of devices: its pose is odometry's.</summary>
    public bool IsTruthKnown { get; init; } = true;

    /// <summary>Skills that were called by name, in order.</summary>
    public IReadOnlyList<CallEnd> Calls { get; init; } = [];

    /// <summary>completed, refused, failed or cancelled: that of the first mission that was not completed, else of the last; failed when a skill called by name was.</summary>
    public MissionStatus Status =>
        Calls.Any(call => !call.Outcome.Succeeded) ? MissionStatus.Failed :
        Missions.FirstOrDefault(story => story.Mission.Status != MissionStatus.Completed)?.Mission.Status
        ?? (Answers.Count > 0 || Missions.Count + Calls.Count == 0 ? MissionStatus.Refused : MissionStatus.Completed);

    public JsonObject ToJson()
    {
        var last = Missions.Count == 0 ? null : Missions[^1];
        return new JsonObject
        {
            ["heard"] = Heard ?? last?.Mission.Order,
            ["order"] = last?.Mission.Order,
            ["plan"] = last is null ? new JsonArray() : PlanOf(last),
            ["steps"] = last is null ? new JsonArray() : StepsOf(last),
            ["status"] = Status.ToString().ToLowerInvariant(),
            ["reason"] = last?.Mission.Reason ?? Answers.LastOrDefault(),
            ["pose"] = ToJson(Pose),
            ["truth_start"] = ToJson(TruthStart),
            ["truth"] = ToJson(Truth),
            ["seconds"] = Math.Round(Seconds, 3),
            ["real_seconds"] = Math.Round(RealSeconds, 3),
            ["tokens"] = Tokens,
            ["tokens_per_s"] = Math.Round(TokensPerSecond, 1),
            ["messages"] = Bus.Published,
            ["broker_messages"] = Link.Sent + Link.Received,
            ["broker_link"] = new JsonObject
            {
                ["sent"] = Link.Sent,
                ["received"] = Link.Received,
                ["waiting"] = Link.Waiting,
                ["dropped"] = Link.Dropped,
                ["refused"] = Link.Refused,
                ["reconnects"] = Link.Reconnects,
            },
            ["picture"] = Missions.Select(story => story.Result("path")).LastOrDefault(path => path is not null),
            ["log"] = EventLog,
            ["calls"] = new JsonArray([.. Calls.Select(JsonNode (end) => new JsonObject
            {
                ["skill"] = end.Call.Skill,
                ["arguments"] = JsonNode.Parse(end.Call.Arguments.GetRawText()),
                ["succeeded"] = end.Outcome.Succeeded,
                ["reason"] = end.Outcome.Reason,
                ["result"] = end.Outcome.Result?.DeepClone(),
            })]),
            ["missions"] = ToJson(Missions),
            ["left_missions"] = ToJson(Left),
        };
    }

    private static JsonArray ToJson(IEnumerable<MissionStory> missions) => new([.. missions.Select(JsonNode (story) => new JsonObject
    {
        ["order"] = story.Mission.Order,
        ["status"] = story.Mission.Status.ToString().ToLowerInvariant(),
        ["reason"] = story.Mission.Reason,
        ["steps"] = StepsOf(story),
    })]);

    private static JsonNode PlanOf(MissionStory story) => JsonNode.Parse(PlanJson.Write(new Plan([.. story.Mission.Steps.Select(step => step.Step)])))!;

    private static JsonArray StepsOf(MissionStory story) => new([.. story.Mission.Steps.Select(JsonNode (step) => new JsonObject
    {
        ["name"] = step.Step.Name,
        ["arguments"] = JsonNode.Parse(step.Step.Arguments.GetRawText()),
        ["state"] = step.State.ToString().ToLowerInvariant(),
        ["seconds"] = Math.Round(step.Seconds, 3),
        ["agent"] = step.Agent,
        ["reason"] = step.Reason,
        ["found"] = step.Found,
        ["result"] = step.Result?.DeepClone(),
    })]);

    private static JsonObject ToJson(Pose2D pose) => new() { ["x"] = Math.Round(pose.X, 4), ["y"] = Math.Round(pose.Y, 4), ["heading"] = Math.Round(pose.Heading, 5) };
}
