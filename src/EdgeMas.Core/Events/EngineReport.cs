using EdgeMas.Core.Models;

namespace EdgeMas.Core.Events;

/// <summary>What a robot's engine did since its start, and what it does now.</summary>
/// <param name="Model">Its name.</param>
/// <param name="MemoryCells">As <see cref="LanguageModelInfo.MemoryCells"/>, and so <paramref name="MemoryBytes"/>.</param>
/// <param name="Agents">By name.</param>
public sealed record EngineReport(string Model, int MemoryCells, long MemoryBytes, LanguageModelCounters Counters, IReadOnlyList<AgentModelCounters> Agents)
{
    public static EngineReport Of(ILanguageModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new(model.Info.Name, model.Info.MemoryCells, model.Info.MemoryBytes, model.Counters, model.Agents);
    }
}
