using System.Collections.Concurrent;
using System.Text;
using EdgeMas.Core.Models;

namespace EdgeMas.Host.Tests.Serving;

/// <summary>A model whose output is given, to test what stands around it. Any thread.</summary>
internal sealed class ScriptedModel : ILanguageModel
{
    private readonly Func<GenerationRequest, Action<string>, CancellationToken, Task> _write;

    private ScriptedModel(Func<GenerationRequest, Action<string>, CancellationToken, Task> write) => _write = write;

    public ConcurrentQueue<GenerationRequest> Requests { get; } = new();

    /// <summary>Ends when a request was cancelled.</summary>
    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LanguageModelInfo Info { get; init; } = new("scripted", "no model", "none", 0, 0, 100, 1000);

    public LanguageModelCounters Counters => default;

    /// <summary>The same model with adapters, which change nothing of what it says.</summary>
    public ScriptedModel WithAdapters(params string[] names) => new(_write) { Info = Info with { Adapters = names } };

    public static ScriptedModel Saying(params string[] pieces) => Saying(_ => pieces);

    public static ScriptedModel Saying(Func<GenerationRequest, IEnumerable<string>> pieces) => new((request, write, _) =>
    {
        foreach (var piece in pieces(request))
            write(piece);
        return Task.CompletedTask;
    });

    /// <summary>Writes one piece and then waits until it is cancelled.</summary>
    public static ScriptedModel Endless() => new((_, write, cancellationToken) =>
    {
        write("and");
        return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    });

    public static ScriptedModel Failing(Exception error, params string[] pieces) => new((_, write, _) =>
    {
        foreach (var piece in pieces)
            write(piece);
        return Task.FromException(error);
    });

    public async Task<GenerationResult> GenerateAsync(GenerationRequest request, Action<string>? onText, CancellationToken cancellationToken)
    {
        Requests.Enqueue(request);
        var text = new StringBuilder();
        try
        {
            await _write(
                request,
                piece =>
                {
                    text.Append(piece);
                    onText?.Invoke(piece);
                },
                cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Cancelled.TrySetResult();
            throw;
        }
        return new GenerationResult(text.ToString(), FinishReason.Stop, PromptTokens: 10, ReusedTokens: 4, GeneratedTokens: 3, 0, 0, 0, 0, 1);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
