using EdgeMas.Core.Agents;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;

namespace EdgeMas.Reasoning.Coordination;

/// <summary>Waits until an agent's supervisor has it running again, as its retained state tells.</summary>
internal static class AgentWatch
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>A failure is answered before the supervisor decides; this is the time for its decision to show.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(100);

    /// <returns>False when the agent is gone for good, or did not come back within ten seconds.</returns>
    internal static async Task<bool> WaitUntilRunningAsync(AgentContext context, string agent, CancellationToken cancellationToken)
    {
        await Task.Delay(Settling, context.Time, cancellationToken);
        var states = new BusQueue(8, OverflowPolicy.DropOldest);
        using var subscription = context.Bus.Subscribe(context.Topics.AgentState(agent), states);
        using var limit = new CancellationTokenSource(Limit, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await foreach (var delivery in states.ReadAllAsync(either.Token))
            {
                if (delivery.Message.Data is AgentReport { State: "running" })
                    return true;
                if (delivery.Message.Data is AgentReport { State: "stopped" or "failed" })
                    return false;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // the limit passed
        }
        return false;
    }
}
