namespace EdgeMas.Core.Events;

/// <summary>The <c>type</c> attributes of this system's messages, each with the record that is its body.</summary>
public static class MessageTypes
{
    /// <summary><see cref="Events.SpeechHeard"/></summary>
    public const string SpeechHeard = "edgemas.speech.heard";

    /// <summary><see cref="Events.SayRequest"/></summary>
    public const string SayRequest = "edgemas.speech.say";

    /// <summary><see cref="Events.OrderRequest"/></summary>
    public const string OrderRequest = "edgemas.order.request";

    /// <summary><see cref="Events.PlanRequest"/></summary>
    public const string PlanRequest = "edgemas.plan.request";

    /// <summary><see cref="Events.PlanProposal"/></summary>
    public const string PlanProposal = "edgemas.plan.proposal";

    /// <summary><see cref="Events.CritiqueRequest"/></summary>
    public const string CritiqueRequest = "edgemas.plan.critique-request";

    /// <summary><see cref="Events.Critique"/></summary>
    public const string Critique = "edgemas.plan.critique";

    /// <summary><see cref="Events.SkillRequest"/></summary>
    public const string SkillRequest = "edgemas.skill.request";

    /// <summary><see cref="Events.SkillProgressed"/></summary>
    public const string SkillProgressed = "edgemas.skill.progressed";

    /// <summary><see cref="Events.SkillEnded"/></summary>
    public const string SkillEnded = "edgemas.skill.ended";

    /// <summary><see cref="Events.SkillBid"/></summary>
    public const string SkillBid = "edgemas.skill.bid";

    /// <summary><see cref="Missions.Mission"/></summary>
    public const string MissionChanged = "edgemas.mission.changed";

    /// <summary><see cref="Events.StepChanged"/></summary>
    public const string StepChanged = "edgemas.mission.step-changed";

    /// <summary><see cref="Events.MotionReport"/></summary>
    public const string MotionReport = "edgemas.motion.report";

    /// <summary><see cref="Events.GnssReport"/></summary>
    public const string GnssReport = "edgemas.gnss.report";

    /// <summary><see cref="Events.EStopRequest"/></summary>
    public const string EStopRequest = "edgemas.estop.request";

    /// <summary><see cref="Events.DetectionReport"/></summary>
    public const string DetectionReport = "edgemas.vision.detections";

    /// <summary><see cref="Events.AgentReport"/></summary>
    public const string AgentReport = "edgemas.agent.report";

    /// <summary><see cref="Events.Presence"/></summary>
    public const string Presence = "edgemas.presence";

    /// <summary><see cref="Events.HealthReport"/></summary>
    public const string HealthReport = "edgemas.health";

    /// <summary>Why a request was not served, as plain text.</summary>
    public const string Failure = "edgemas.failure";
}
