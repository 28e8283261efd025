using System.Text.Json.Serialization;

namespace EdgeMas.Core.Models;

/// <summary>What one agent asked of a model since its start.</summary>
/// <param name="Running">Requests that are being computed now.</param>
/// <param name="Requests">That ended well; their tokens follow.</param>
/// <param name="PromptTokens">Computed or reused.</param>
/// <param name="ReusedTokens">Prompt tokens that were in the memory already.</param>
[method: JsonConstructor] // a message that lacks a member is refused
public readonly record struct AgentModelCounters(string Agent, int Running, int Waiting, long Requests, long PromptTokens, long ReusedTokens, long GeneratedTokens);
