using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Missions;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Skills;
using EdgeMas.Core.Topics;
using EdgeMas.Reasoning.Criticism;
using EdgeMas.Reasoning.Orders;

namespace EdgeMas.Reasoning.Tests.Criticism;

/// <summary>Plans laid before the rules, with the rover's skills unless others are given.</summary>
internal static class Reviews
{
    internal static readonly RobotTopics Topics = new("yard", "rover");

    internal static readonly CriticOptions Options = new() { Topics = Topics };

    internal static readonly CriticOptions Fenced = Options with
    {
        Geofence = [(-2, -8), (16, -8), (16, 8), (-2, 8)],
        Places = new Dictionary<string, (double, double)> { ["kitchen"] = (10, 5), ["gate"] = (30, 0) },
        Home = (0, 0),
    };

    internal static Verdict? Check(
        string order, string plan, CriticOptions? options = null, Pose2D? pose = null, Taint taint = Taint.None, double confidence = 1, double least = 1,
        IReadOnlyList<SkillDescriptor>? skills = null, IReadOnlyList<string>? places = null)
    {
        var registry = new SkillRegistry();
        registry.Add("robot", skills ?? RoverSkills.All);
        registry.SetPlaces(places ?? RoverSkills.Places);
        var proposal = new PlanProposal("m-1", PlanJson.Parse(plan), "test", confidence, least, 0, 0, 0, 0, 0);
        return PlanRules.Check(new PlanReview(OrderText.TryRead(order, out _)!, proposal, [], taint, registry, pose, options ?? Options));
    }
}
