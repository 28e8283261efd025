using EdgeMas.Core.Models;

namespace EdgeMas.Reasoning.Tests.Coordination;

/// <summary>A model that answers what the test says: for faults that a real one shows too seldom. The real one has tests of its own.</summary>
internal sealed class ScriptedModel(Func<GenerationRequest, CancellationToken, Task<string>> answer) : ILanguageModel
{
    internal ScriptedModel(params string[] answers) : this(Next(answers))
    {
    }

    internal List<GenerationRequest> Requests { get; } = [];

    internal double MeanLogProbability { get; init; }

    internal FinishReason Finish { get; init; } = FinishReason.Stop;

    public LanguageModelInfo Info => new("scripted", "", "", 0, 0, 0, 4_096);

    public LanguageModelCounters Counters => default;

    public async Task<GenerationResult> GenerateAsync(GenerationRequest request, Action<string>? onText, CancellationToken cancellationToken)
    {
        lock (Requests)
            Requests.Add(request);
        var text = await answer(request, cancellationToken);
        return new GenerationResult(text, Finish, 100, 0, 20, 0, 0.01, 0.01, MeanLogProbability, 1);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>One after the other; the last one again and again.</summary>
    private static Func<GenerationRequest, CancellationToken, Task<string>> Next(string[] answers)
    {
        var asked = -1;
        return (_, _) => Task.FromResult(answers[Math.Min(Interlocked.Increment(ref asked), answers.Length - 1)]);
    }
}
