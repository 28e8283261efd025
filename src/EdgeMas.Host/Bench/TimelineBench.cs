using EdgeMas.Core.Messages;
using EdgeMas.Core.Models;
using EdgeMas.Inference;
using EdgeMas.Inference.Timeline;

namespace EdgeMas.Host.Bench;

/// <summary>A short run in which everything happens that an engine for many agents is for, with each of its batches.</summary>
/// <param name="shared">Prompt tokens that the agents have in common.</param>
internal sealed class TimelineBench(LlamaModel model, int shared)
{
    private const int Own = 24;
    private const int Output = 12;
    private const int Urgent = 32;
    private const string Background = "log summary";

    private readonly List<(BatchReport Report, BatchPart[] Parts)> _batches = [];
    private readonly TaskCompletionSource _mostly = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int[] _common = BenchOptions.Prompt(1, shared, model.Info.VocabularySize);
    private long _zero;

    public static int ContextFor(int shared) => (2 * shared) + Own + Output + Urgent;

    /// <summary>Three agents whose prompts begin alike; a background prompt; an urgent request when three quarters of that are computed; then one of the three comes back.</summary>
    public async Task<EngineTimeline> RunAsync(CancellationToken cancellationToken)
    {
        await AskAsync("warm-up", _common.AsSpan(0, Urgent).ToArray().Reverse(), MessagePriority.Interactive, cancellationToken);
        _zero = TimeProvider.System.GetTimestamp();
        model.BatchEnded += Take;
        try
        {
            var background = AskAsync(Background, BenchOptions.Prompt(9, BackgroundTokens, model.Info.VocabularySize), MessagePriority.Background, cancellationToken);
            var together = Task.WhenAll(((string[])["planner", "critic", "pilot"]).Select((agent, i) => AskAsync(agent, PromptOf(i), MessagePriority.Interactive, cancellationToken)));
            await Task.WhenAny(_mostly.Task, background).WaitAsync(cancellationToken);
            var urgent = await AskAsync("obstacle guard", BenchOptions.Prompt(8, Urgent, model.Info.VocabularySize), MessagePriority.Safety, cancellationToken);
            var first = await together;
            var again = await AskAsync("planner again", [.. PromptOf(0), .. BenchOptions.Prompt(7, Own, model.Info.VocabularySize)], MessagePriority.Interactive, cancellationToken);
            var whole = await background;
            lock (_batches)
                return new EngineTimeline(model.Info.Description, [.. first, whole, urgent, again], [.. _batches.Select(each => ToBatch(each.Report, each.Parts))]);
        }
        finally
        {
            model.BatchEnded -= Take;
        }
    }

    private int BackgroundTokens => 2 * shared;

    private int[] PromptOf(int agent) => [.. _common, .. BenchOptions.Prompt(agent + 2, Own, model.Info.VocabularySize)];

    private async Task<EngineTimeline.Request> AskAsync(string agent, IEnumerable<int> prompt, MessagePriority priority, CancellationToken cancellationToken)
    {
        var asked = Seconds(TimeProvider.System.GetTimestamp());
        var request = new GenerationRequest { Agent = agent, PromptTokens = [.. prompt], Priority = priority, MaxTokens = Output };
        var result = await model.GenerateAsync(request, onText: null, cancellationToken);
        return new EngineTimeline.Request(
            agent, priority.ToString().ToLowerInvariant(), asked, Seconds(TimeProvider.System.GetTimestamp()), result.PromptTokens, result.ReusedTokens, result.GeneratedTokens);
    }

    /// <summary>On the engine's thread.</summary>
    private void Take(in BatchReport report, ReadOnlySpan<BatchPart> parts)
    {
        lock (_batches)
            _batches.Add((report, parts.ToArray()));
        foreach (var part in parts)
        {
            if (part.Agent == Background && part.From + part.Tokens >= BackgroundTokens * 3 / 4)
                _mostly.TrySetResult();
        }
    }

    private EngineTimeline.Batch ToBatch(in BatchReport report, BatchPart[] parts) => new(Seconds(report.Began), report.Seconds, report.Tokens, report.Aborted, parts);

    private double Seconds(long timestamp) => (timestamp - _zero) / (double)TimeProvider.System.TimestampFrequency;
}
