using EdgeMas.Core.Missions;

namespace EdgeMas.Core.Events;

public sealed record CritiqueRequest(string Mission, string Order, PlanProposal Proposal, IReadOnlyList<MissionStep> Done);
