namespace EdgeMas.Core.Models;

/// <param name="Text">The output without control tokens.</param>
/// <param name="PromptTokens">Tokens of the prompt, computed or reused.</param>
/// <param name="ReusedTokens">Those of them that an earlier request had already computed.</param>
/// <param name="GeneratedTokens">Tokens of the output, the end token included.</param>
/// <param name="QueueSeconds">From the request until its first prompt token was computed.</param>
/// <param name="PromptSeconds">Until the first output token.</param>
/// <param name="GenerationSeconds">From the first output token to the last.</param>
/// <param name="MeanLogProbability">Natural logarithm of the model's own probability of each chosen token before the constraint, averaged; how sure the model was.</param>
/// <param name="LeastProbability">The smallest of those probabilities, 0 to 1: a constraint that had to push shows here.</param>
public sealed record GenerationResult(
    string Text,
    FinishReason Finish,
    int PromptTokens,
    int ReusedTokens,
    int GeneratedTokens,
    double QueueSeconds,
    double PromptSeconds,
    double GenerationSeconds,
    double MeanLogProbability,
    double LeastProbability);
