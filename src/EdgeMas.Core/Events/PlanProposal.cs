using EdgeMas.Core.Missions;

namespace EdgeMas.Core.Events;

/// <summary>The planner's answer.</summary>
/// <param name="Confidence">The model's mean probability of its own tokens, 0 to 1.</param>
/// <param name="Tokens">Output tokens.</param>
/// <param name="ReusedTokens">Prompt tokens that were already in the cache.</param>
/// <param name="Seconds">Wall time in the engine, queueing included.</param>
public sealed record PlanProposal(
    string Mission, Plan Plan, string Model, double Confidence, double LeastProbability, int PromptTokens, int ReusedTokens, int Tokens, double TokensPerSecond, double Seconds);
