using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeMas.Core.Events;
using EdgeMas.Core.Missions;
using EdgeMas.Core.Models;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Skills;
using EdgeMas.Core.Vision;

namespace EdgeMas.Core.Tests.Messages;

/// <summary>One body of every known type, with every member set at least once among them.</summary>
internal static class SampleBodies
{
    private static readonly JsonElement Arguments = JsonDocument.Parse("""{"distance_m":10,"note":"größer \"als\" 東京"}""").RootElement;

    private static readonly MissionStep Done = new(
        new PlanStep("drive", Arguments, WithPrevious: true, StepGuard.NotFound), StepState.Completed, "motor", 1.5, "driven", Found: false, new JsonObject { ["path"] = "a.jpg" });

    private static readonly PlanProposal Proposal = new("m1", new Plan([Done.Step, new PlanStep("stop", Arguments)]), "in-box", 0.9, 0.5, 100, 80, 20, 1_234.5, 0.03);

    internal static IReadOnlyDictionary<string, object> All { get; } = new Dictionary<string, object>
    {
        [MessageTypes.SpeechHeard] = new SpeechHeard("go forward", 0.8, "pocketsphinx", 2.5, 0.3, "wav"),
        [MessageTypes.SayRequest] = new SayRequest("hello"),
        [MessageTypes.OrderRequest] = new OrderRequest("turn left", "console"),
        [MessageTypes.PlanRequest] = new PlanRequest("m1", "turn left", [Done], "no", 1),
        [MessageTypes.PlanProposal] = Proposal,
        [MessageTypes.CritiqueRequest] = new CritiqueRequest("m1", "turn left", Proposal, []),
        [MessageTypes.Critique] = new Critique("m1", false, "too far", true, "rules"),
        [MessageTypes.SkillRequest] = new SkillRequest("drive", Arguments, null),
        [MessageTypes.SkillProgressed] = new SkillProgressed("drive", 0.5, null),
        [MessageTypes.SkillEnded] = new SkillEnded("look_for", new SkillOutcome(true, "seen", true, new JsonObject { ["x"] = 1 })),
        [MessageTypes.SkillBid] = new SkillBid("drive", 2.5),
        [MessageTypes.MissionChanged] = new Mission(
            "m1", "turn left", "speech", Core.Messages.Taint.Speech | Core.Messages.Taint.Model, MissionStatus.Completed, [Done], DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddMinutes(1), 2, "done"),
        [MessageTypes.StepChanged] = new StepChanged("m1", 3, Done, 1),
        [MessageTypes.MotionReport] = new MotionReport(new Pose2D(1, -2, 3.14), 0.5, -0.1, null, 0.9, true, "speed", SideSpeed: -0.2),
        [MessageTypes.GnssReport] = new GnssReport("rtk_fixed", 48.1173, -11.5167, 545.4, 12, 0.9, 11.5, 84.4, DateTimeOffset.UnixEpoch.AddSeconds(1), null),
        [MessageTypes.EStopRequest] = new EStopRequest(true, "button"),
        [MessageTypes.DetectionReport] = new DetectionReport("front", [new Detection("red ball", 0.9, 1, 2, 3, 4, -0.1)], 0.01),
        [MessageTypes.AgentReport] = new AgentReport("motor", "running", ["drive", "turn"], 0, null),
        [MessageTypes.Presence] = new Presence("rover", true, "0.1.0"),
        [MessageTypes.HealthReport] = new HealthReport(1.5, 100_000_000, 0, true, null)
        {
            Engine = new EngineReport("in-box", 2048, 12_000_000, new LanguageModelCounters(3, 300, 200, 60, 1.5, 0.5) { Batches = 70, Running = 1, Cells = 400 }, [new AgentModelCounters("planner", 1, 0, 3, 300, 200, 60)]),
        },
    };
}
