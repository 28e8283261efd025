using EdgeMas.Core.Messages;
using EdgeMas.Core.Models;

namespace EdgeMas.Inference.Tests.Engine;

public sealed class QueueTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly GenerationRequest Order = new() { Agent = "planner", Prompt = Models.PlannerPrompt, MaxTokens = 8 };

    private readonly ManualResetEventSlim _gate = new();
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LlamaModel? _model;

    public async ValueTask DisposeAsync()
    {
        _gate.Set();
        if (_model is not null)
            await _model.DisposeAsync();
        _gate.Dispose();
    }

    [Fact]
    public async Task Urgent_requests_go_first_and_equals_in_their_order()
    {
        var model = await LoadAsync();
        var holding = await HoldEngineAsync(model);
        var served = new List<string>();
        var waiting = new[]
            {
                ("background", MessagePriority.Background), ("first", MessagePriority.Interactive), ("second", MessagePriority.Interactive), ("safety", MessagePriority.Safety),
            }
            .Select(one => model.GenerateAsync(
                Order with { Priority = one.Item2, MaxTokens = 1 }, _ => served.Add(one.Item1), TestContext.Current.CancellationToken))
            .ToList();

        _gate.Set();
        await holding.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await Task.WhenAll(waiting).WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(["safety", "first", "second", "background"], served);
    }

    [Fact]
    public async Task A_full_queue_refuses_and_counts_and_leaves_other_priorities_alone()
    {
        var model = await LoadAsync(new LlamaOptions { MaxQueue = 2 });
        var holding = await HoldEngineAsync(model);
        var waiting = new List<Task<GenerationResult>>
        {
            model.GenerateAsync(Order, onText: null, TestContext.Current.CancellationToken), model.GenerateAsync(Order, onText: null, TestContext.Current.CancellationToken),
        };

        var error = await Assert.ThrowsAsync<ModelException>(() => model.GenerateAsync(Order, onText: null, TestContext.Current.CancellationToken));
        waiting.Add(model.GenerateAsync(Order with { Priority = MessagePriority.Safety }, onText: null, TestContext.Current.CancellationToken));

        Assert.Contains("2 requests of priority Interactive wait already", error.Message);
        Assert.Equal(1, model.Counters.Refused);
        _gate.Set();
        waiting.Add(holding);
        await Task.WhenAll(waiting).WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_request_cancelled_while_it_waits_ends_at_once_and_frees_its_place()
    {
        var model = await LoadAsync(new LlamaOptions { MaxQueue = 1 });
        var holding = await HoldEngineAsync(model);
        using var cancellation = new CancellationTokenSource();
        var cancelled = model.GenerateAsync(Order, onText: null, cancellation.Token);

        cancellation.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(Patience, TestContext.Current.CancellationToken));
        var next = model.GenerateAsync(Order, onText: null, TestContext.Current.CancellationToken);
        _gate.Set();
        await Task.WhenAll(holding, next).WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_request_cancelled_before_its_prompt_is_computed_ends_and_the_next_is_right()
    {
        var model = await LoadAsync(new LlamaOptions { BatchTokens = 8 });
        using var cancellation = new CancellationTokenSource();
        var constraint = new TextConstraint(model, "[]", onForced: cancellation.Cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => model.GenerateAsync(Order with { Constraint = constraint }, onText: null, cancellation.Token));

        await AnswersAsBeforeAsync(model);
    }

    [Fact]
    public async Task A_request_cancelled_between_tokens_ends_and_the_next_is_right()
    {
        var model = await LoadAsync();
        using var cancellation = new CancellationTokenSource();
        var pieces = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => model.GenerateAsync(
            Order with { MaxTokens = 500 },
            _ =>
            {
                if (++pieces == 5)
                    cancellation.Cancel();
            },
            cancellation.Token));

        Assert.Equal(5, pieces);
        await AnswersAsBeforeAsync(model);
    }

    [Fact]
    public async Task A_cancelled_token_is_not_served()
    {
        var model = await LoadAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => model.GenerateAsync(Order, onText: null, new CancellationToken(canceled: true)));

        Assert.Equal(0, model.Counters.Requests);
    }

    [Fact]
    public async Task Disposing_ends_what_runs_and_what_waits()
    {
        var model = await LoadAsync();
        var holding = await HoldEngineAsync(model);
        var waiting = model.GenerateAsync(Order, onText: null, TestContext.Current.CancellationToken);

        var disposing = model.DisposeAsync().AsTask();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting.WaitAsync(Patience, TestContext.Current.CancellationToken));
        _gate.Set();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => holding.WaitAsync(Patience, TestContext.Current.CancellationToken));
        await disposing.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => model.GenerateAsync(Order, onText: null, TestContext.Current.CancellationToken));
        Assert.Throws<ObjectDisposedException>(() => model.Tokenize("a", special: false));
        await model.DisposeAsync();
    }

    [Fact]
    public async Task Many_threads_can_ask_at_once()
    {
        var model = await LoadAsync(new LlamaOptions { MaxQueue = 100, KeptSequences = 3 });

        var results = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(() => model.GenerateAsync(
            Order with { Agent = $"agent {i % 6}", MaxTokens = 100 }, onText: null, TestContext.Current.CancellationToken)))).WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.All(results, result => Assert.Equal(Models.PlannerAnswer, result.Text));
    }

    /// <summary>A request whose callback holds the engine's thread until the gate opens.</summary>
    private async Task<Task<GenerationResult>> HoldEngineAsync(LlamaModel model)
    {
        var holding = model.GenerateAsync(
            Order,
            _ =>
            {
                _held.TrySetResult();
                _gate.Wait(Patience);
            },
            TestContext.Current.CancellationToken);
        await _held.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        return holding;
    }

    private async Task<LlamaModel> LoadAsync(LlamaOptions? options = null) => _model = await Models.LoadAsync(Models.Planner(), options);

    private static async Task AnswersAsBeforeAsync(LlamaModel model) => Assert.Equal(
        Models.PlannerAnswer, (await model.GenerateAsync(Order with { MaxTokens = 100 }, onText: null, TestContext.Current.CancellationToken)).Text);
}
