using EdgeMas.Core.Events;
using EdgeMas.Core.Missions;
using EdgeMas.Core.Models;
using EdgeMas.Core.Skills;
using EdgeMas.Reasoning.Constraints;
using EdgeMas.Reasoning.Orders;
using EdgeMas.Reasoning.Prompts;

namespace EdgeMas.Reasoning.Planning;

/// <summary>
/// Lets a language model turn an order into a plan, in a language made of the live skills, the known places and the order's own words. The first attempt
/// takes the likeliest plan; a later one samples until another plan than the rejected ones comes out.
/// </summary>
/// <remarks>One plan at a time; the model is shared. What it returns is untrusted: the critic decides.</remarks>
/// <param name="constraints">Holds the model to that language; null lets it write freely, which is also what a model far away does.</param>
public sealed class Planner(ILanguageModel model, IConstraintCompiler? constraints, PromptStyle style, PlannerOptions options)
{
    private readonly RejectedPlans _rejected = new();

    /// <exception cref="PlanningException">The text is no order, or the model's output is no plan.</exception>
    /// <exception cref="ModelException">The model cannot serve the request, for example for want of context.</exception>
    public async Task<PlanProposal> PlanAsync(
        PlanRequest request, IReadOnlyList<SkillDescriptor> skills, IReadOnlyList<string> places, CancellationToken cancellationToken)
    {
        var order = OrderText.TryRead(request.Order, out var refusal) ?? throw new PlanningException(refusal!);
        if (request.Attempt == 0)
            _rejected.Begin(request.Mission);
        var generation = Ask(request, skills, places, order);
        var language = constraints is null ? null : PlanLanguage.Of(skills, places, order, options.Grounded, options.MaxSteps);
        var samples = request.Attempt == 0 ? 1 : options.SamplesPerAttempt;
        for (var sample = 1; ; sample++)
        {
            if (request.Attempt > 0)
                generation = generation with { Sampling = new Sampling(options.Temperature, Seed: Seed(request.Attempt, sample)) };
            if (language is not null)
                generation = generation with { Constraint = constraints!.Compile(language) };
            var result = await model.GenerateAsync(generation, null, cancellationToken);
            if (sample < samples && _rejected.Contains(request.Mission, result.Text))
                continue;
            _rejected.Add(request.Mission, result.Text);
            return Propose(request, result);
        }
    }

    private GenerationRequest Ask(PlanRequest request, IReadOnlyList<SkillDescriptor> skills, IReadOnlyList<string> places, OrderText order)
    {
        var isChat = style == PromptStyle.Chat;
        return new GenerationRequest
        {
            Agent = "planner",
            Prompt = isChat ? null : PlannerPrompt.Write(style, skills, places, order),
            Turns = isChat ? ChatPrompt.Write(request, skills, places, order) : [],
            MaxTokens = options.MaxTokens,
            Stop = PlannerPrompt.Stop(style),
        };
    }

    private PlanProposal Propose(PlanRequest request, GenerationResult result)
    {
        if (result.Finish == FinishReason.Length)
            throw new PlanningException($"the plan did not end within {options.MaxTokens} tokens");
        try
        {
            var seconds = result.QueueSeconds + result.PromptSeconds + result.GenerationSeconds;
            return new PlanProposal(
                request.Mission, PlanJson.Parse(result.Text), model.Info.Name, Math.Exp(result.MeanLogProbability), result.LeastProbability,
                result.PromptTokens, result.ReusedTokens, result.GeneratedTokens,
                result.GenerationSeconds > 0 ? result.GeneratedTokens / result.GenerationSeconds : 0, seconds);
        }
        catch (FormatException error)
        {
            throw new PlanningException($"the model wrote no plan: {error.Message}", error);
        }
    }

    private uint Seed(int attempt, int sample) => options.Seed + (uint)(attempt * options.SamplesPerAttempt + sample);
}
