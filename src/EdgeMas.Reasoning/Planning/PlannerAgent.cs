using EdgeMas.Core.Agents;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Models;
using EdgeMas.Core.Time;

namespace EdgeMas.Reasoning.Planning;

/// <summary>Answers <see cref="PlanRequest"/> with <see cref="PlanProposal"/>, for whatever skills and places the registry holds at that moment.</summary>
/// <param name="brake">Virtual time waits while the model thinks.</param>
public sealed class PlannerAgent(Planner planner, ITimeBrake brake) : Agent
{
    public override async ValueTask ReceiveAsync(Delivery delivery, AgentContext context, CancellationToken cancellationToken)
    {
        if (delivery.Message.Data is not PlanRequest request)
            return;
        try
        {
            PlanProposal proposal;
            using (brake.Hold())
                proposal = await planner.PlanAsync(request, context.Registry.Skills, context.Registry.Places, cancellationToken);
            context.Reply(delivery.Message with { Taint = delivery.Message.Taint | Taint.Model }, MessageTypes.PlanProposal, proposal, Performative.Propose);
        }
        catch (Exception error) when (error is PlanningException or ModelException)
        {
            context.Reply(delivery.Message, MessageTypes.PlanProposal, error.Message, Performative.Failure);
        }
    }
}
