using EdgeMas.Core.Agents;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Models;
using EdgeMas.Core.Motion;
using EdgeMas.Core.Time;
using EdgeMas.Reasoning.Orders;

namespace EdgeMas.Reasoning.Criticism;

/// <summary>Answers <see cref="CritiqueRequest"/> with <see cref="Critique"/>: rules first, then, where one is given, a model.</summary>
/// <param name="model">An instruct model that is asked for its opinion; null for rules alone.</param>
/// <param name="constraints">Let the model answer with yes or no alone; null where it cannot be held to that.</param>
/// <param name="brake">Virtual time waits while the model thinks.</param>
public sealed class CriticAgent(CriticOptions options, ILanguageModel? model = null, IConstraintCompiler? constraints = null, ITimeBrake? brake = null) : Agent
{
    private readonly ModelCritic? _model = model is null ? null : new ModelCritic(model, constraints);
    private Pose2D? _pose;

    public override IReadOnlyList<string> Subscriptions => [options.Topics.BaseState];

    public override async ValueTask ReceiveAsync(Delivery delivery, AgentContext context, CancellationToken cancellationToken)
    {
        switch (delivery.Message.Data)
        {
            case MotionReport motion:
                _pose = motion.Pose;
                break;
            case CritiqueRequest request:
                var verdict = await JudgeAsync(request, delivery.Message.Taint, context, cancellationToken);
                var critique = new Critique(request.Mission, verdict.Accepted, verdict.Reason, verdict.Final, verdict.By);
                context.Reply(delivery.Message, MessageTypes.Critique, critique, critique.Accepted ? Performative.Accept : Performative.Reject);
                break;
        }
    }

    private async Task<(bool Accepted, string? Reason, bool Final, string By)> JudgeAsync(
        CritiqueRequest request, Taint taint, AgentContext context, CancellationToken cancellationToken)
    {
        if (OrderText.TryRead(request.Order, out var refusal) is not { } order)
            return (false, refusal, true, "rule: order's size");
        var review = new PlanReview(order, request.Proposal, request.Done, taint, context.Registry, _pose, options);
        var verdict = PlanRules.Check(review);
        if (verdict is null && _model is not null)
            verdict = await AskModelAsync(review, context.Time, cancellationToken);
        return verdict is null ? (true, null, false, _model is null ? "rules" : $"rules and model {model!.Info.Name}") : (false, verdict.Reason, verdict.Final, verdict.By);
    }

    private async Task<Verdict?> AskModelAsync(PlanReview review, TimeProvider time, CancellationToken cancellationToken)
    {
        using var hold = brake?.Hold();
        using var limit = new CancellationTokenSource(options.ModelLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await _model!.CheckAsync(review, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new Verdict($"The critic's model did not answer within {options.ModelLimit.TotalSeconds:0} s.", Final: true, "critic's limit");
        }
        catch (ModelException error)
        {
            return new Verdict($"The critic's model failed: {error.Message}", Final: true, "critic's model");
        }
    }
}
