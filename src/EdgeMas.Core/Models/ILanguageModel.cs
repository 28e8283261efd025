namespace EdgeMas.Core.Models;

/// <summary>One loaded model that all agents share. Any thread may ask; requests wait in a bounded queue, by priority.</summary>
public interface ILanguageModel : IAsyncDisposable
{
    LanguageModelInfo Info { get; }

    /// <summary>Counters since the start; a snapshot.</summary>
    LanguageModelCounters Counters { get; }

    /// <summary>The same by agent, by name; a snapshot. Empty where the engine does not count them, and where there are very many the last ones share an entry.</summary>
    IReadOnlyList<AgentModelCounters> Agents => [];

    /// <param name="onText">Called on the engine's thread with each piece of output; must not block. Null for none.</param>
    /// <exception cref="ModelException">The request cannot be served: too long for the context, a grammar that does not parse, a full queue.</exception>
    Task<GenerationResult> GenerateAsync(GenerationRequest request, Action<string>? onText, CancellationToken cancellationToken);
}
