using EdgeMas.Core.Agents;
using EdgeMas.Core.Events;
using EdgeMas.Core.Missions;

namespace EdgeMas.Reasoning.Coordination;

/// <summary>Asks the planner and the critic in turn, until a plan is accepted or the rounds are used up.</summary>
internal sealed class PlanSearch(AgentContext context, CoordinatorOptions options)
{
    /// <summary>An agent that fails is asked once more, when its supervisor has it running again.</summary>
    private const int Tries = 2;

    /// <param name="done">Steps that already ran, when the rest is to be planned.</param>
    internal async Task<PlanFinding> FindAsync(Mission mission, IReadOnlyList<MissionStep> done, string? objection, CancellationToken cancellationToken)
    {
        for (var round = 0; ; round++)
        {
            var attempt = mission.Round + round;
            var request = new PlanRequest(mission.Id, mission.Order, done, objection, attempt);
            var (proposal, planTrouble) = await AskAsync<PlanProposal>(options.PlannerAgent, MessageTypes.PlanRequest, request, options.PlanLimit, mission, cancellationToken);
            if (proposal is null)
                return new PlanFinding(null, MissionStatus.Failed, $"The planner failed: {planTrouble}");

            var (critique, critiqueTrouble) = await AskAsync<Critique>(
                options.CriticAgent, MessageTypes.CritiqueRequest, new CritiqueRequest(mission.Id, mission.Order, proposal, done), options.CritiqueLimit, mission, cancellationToken);
            if (critique is null)
                return new PlanFinding(null, MissionStatus.Failed, $"The critic failed: {critiqueTrouble}");
            if (critique.Accepted)
                return new PlanFinding(proposal.Plan, MissionStatus.Running, null);
            objection = critique.Reason ?? "The plan was rejected.";
            if (critique.Final || round >= options.PlanRounds)
                return new PlanFinding(null, MissionStatus.Refused, objection);
        }
    }

    private async Task<(T? Answer, string? Trouble)> AskAsync<T>(
        string agent, string type, object body, TimeSpan limit, Mission mission, CancellationToken cancellationToken)
        where T : class
    {
        for (var attempt = 1; ; attempt++)
        {
            var trouble = "no answer";
            try
            {
                var answer = await context.RequestAsync(agent, type, body, limit, mission.Taint, mission.Id, cancellationToken);
                if (answer.Data is T data)
                    return (data, null);
                trouble = answer.Data as string ?? $"it answered with '{answer.Type}'";
            }
            catch (TimeoutException error)
            {
                trouble = error.Message;
            }
            if (attempt == Tries || !await AgentWatch.WaitUntilRunningAsync(context, agent, cancellationToken))
                return (null, trouble);
        }
    }
}
