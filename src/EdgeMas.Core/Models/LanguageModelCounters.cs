namespace EdgeMas.Core.Models;

/// <param name="BusySeconds">Time spent computing.</param>
public readonly record struct LanguageModelCounters(long Requests, long PromptTokens, long ReusedTokens, long GeneratedTokens, double BusySeconds, double GenerationSeconds);
