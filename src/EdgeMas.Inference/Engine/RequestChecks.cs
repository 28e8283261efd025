using EdgeMas.Core.Models;

namespace EdgeMas.Inference.Engine;

/// <summary>What can be wrong with a request itself.</summary>
internal static class RequestChecks
{
    private const int MaxStops = 64;

    /// <returns>What is wrong and how to mend it, or null.</returns>
    internal static string? Objection(GenerationRequest request) => request switch
    {
        { Prompt: null, PromptTokens: null, Turns.Count: 0 } => "the request has neither a prompt nor turns.",
        { Gbnf: not null, Constraint: not null } => "the request has both a GBNF grammar and a constraint; give one.",
        { MaxTokens: < 1 } => $"MaxTokens is {request.MaxTokens}; it must be at least 1.",
        { Sampling.Temperature: < 0 or float.NaN or float.PositiveInfinity } => $"Temperature is {request.Sampling.Temperature}; it must be 0 or more.",
        { Sampling.TopP: <= 0 or float.NaN } => $"TopP is {request.Sampling.TopP}; it must be above 0.",
        { Sampling.TopK: < 0 } => $"TopK is {request.Sampling.TopK}; it must be 0 or more.",
        { KeepTokens: < 0 } => $"KeepTokens is {request.KeepTokens}; it must be 0 or more.",
        { Overflow: ContextOverflow.Summarise, Summarise: null } => "Overflow is Summarise, but there is no Summarise to call; give one, or choose Slide.",
        { Stop.Count: > MaxStops } => $"the request has {request.Stop.Count} stop texts; at most {MaxStops} are taken.",
        _ when !Enum.IsDefined(request.Overflow) => $"there is no overflow policy {(int)request.Overflow}.",
        _ => Enum.IsDefined(request.Priority) ? null : $"there is no priority {(int)request.Priority}.",
    };
}
