using System.Text.Json;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Skills;
using EdgeMas.Core.Topics;

namespace EdgeMas.Core.Agents;

/// <summary>What an agent has at hand. Any thread.</summary>
public abstract class AgentContext
{
    public abstract string Name { get; }

    public abstract RobotTopics Topics { get; }

    public abstract IBus Bus { get; }

    public abstract TimeProvider Time { get; }

    public abstract SkillRegistry Registry { get; }

    /// <summary>A message from this agent, with id, source and time set.</summary>
    public abstract Message NewMessage(string type, object? data, Performative performative = Performative.Inform);

    /// <summary>Publishes a message from this agent.</summary>
    public PublishReceipt Publish(string topic, string type, object? data, Qos qos = Qos.AtMostOnce, bool retain = false, Taint taint = Taint.None, string? correlation = null) =>
        Bus.Publish(topic, NewMessage(type, data) with { Taint = taint, CorrelationId = correlation }, qos, retain);

    /// <summary>Answers a request: to its sender's inbox, correlated with it, with its taint. A sender that is no agent has no inbox and gets nothing.</summary>
    public abstract void Reply(Message request, string type, object? data, Performative performative = Performative.Inform);

    /// <summary>Sends a request to another agent's inbox and waits for its answer. Giving up, by limit or token, tells the other agent to cancel.</summary>
    /// <returns>
    /// The answer; its performative is <see cref="Performative.Failure"/>, with the reason as text, when the other agent failed or is gone.
    /// </returns>
    /// <exception cref="TimeoutException">No answer within the limit.</exception>
    public abstract ValueTask<Message> RequestAsync(string agent, string type, object data, TimeSpan limit, Taint taint, string? correlation, CancellationToken cancellationToken);

    /// <summary>
    /// Calls a skill wherever it lives: one provider is asked directly, several bid and the best is taken (contract net). Cancelling the token cancels the call.
    /// </summary>
    /// <param name="onProgress">Gets the callee's reports, in their order, on the callee's thread: keep it short. Null for none.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled; the callee has stopped the call, or did not say so within 3 s.</exception>
    public abstract ValueTask<SkillReply> CallSkillAsync(
        string skill, JsonElement arguments, string? mission, Taint taint, Action<SkillProgress>? onProgress, CancellationToken cancellationToken);
}
