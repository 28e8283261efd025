using EdgeMas.Core.Models;
using EdgeMas.Host.Configuration;

namespace EdgeMas.Host.Robot;

/// <summary>The shared model as one agent uses it: what its requests leave open is as the robot's file says. Any thread.</summary>
/// <param name="model">Not disposed with this.</param>
internal sealed class AgentModel(ILanguageModel model, ModelUse use) : ILanguageModel
{
    public LanguageModelInfo Info => model.Info;

    public LanguageModelCounters Counters => model.Counters;

    public IReadOnlyList<AgentModelCounters> Agents => model.Agents;

    public Task<GenerationResult> GenerateAsync(GenerationRequest request, Action<string>? onText, CancellationToken cancellationToken) => model.GenerateAsync(
        request with
        {
            Adapter = request.Adapter ?? use.Adapter,
            Overflow = request.Overflow == ContextOverflow.Refuse ? use.Overflow : request.Overflow,
            KeepTokens = request.KeepTokens == 0 ? use.KeepTokens : request.KeepTokens,
        },
        onText,
        cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
