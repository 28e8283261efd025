using EdgeMas.Core.Messages;
using EdgeMas.Core.Models;
using EdgeMas.Inference.Timeline;

namespace EdgeMas.Inference.Tests.Engine;

/// <summary>What agents gain from each other, and what they cannot do to each other.</summary>
public sealed class ManyAgentsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly string Skills = "<|im_start|>system\nTools:\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"set_valve_{i}(position)\n")) + "Places: tank, pump<|im_end|>\n";

    [Fact]
    public async Task A_beginning_that_several_ask_at_once_is_computed_once()
    {
        await using var model = await Models.LoadAsync(Models.Planner());
        var prompts = Enumerable.Range(0, 6).Select(i => Skills + $"<|im_start|>user\nset valve {i * 7}<|im_end|>\n<|im_start|>assistant\n").ToList();
        var tokens = prompts.ConvertAll(prompt => model.Tokenize(prompt, special: true));
        var common = tokens.Skip(1).Min(other => other.AsSpan().CommonPrefixLength(tokens[0]));

        var results = await AllAsync(prompts.Select((prompt, i) => AskAsync(model, $"agent {i}", prompt, most: 4)));

        Assert.All(results.OrderBy(result => result.ReusedTokens).Skip(1), result => Assert.True(result.ReusedTokens >= common - 16, $"{result.ReusedTokens} of {common} were reused"));
        Assert.Equal(results.Sum(result => result.PromptTokens - result.ReusedTokens) + results.Sum(result => result.GeneratedTokens - 1), model.Counters.ComputedTokens);
        Assert.True(model.Counters.SharedBatches > 0, "several agents' tokens were computed together");
        Assert.Null(model.AuditMemory());
    }

    [Fact]
    public async Task Who_waits_for_a_beginning_that_is_given_up_computes_it()
    {
        await using var model = await Models.LoadAsync(Models.Planner(), new LlamaOptions { BatchTokens = 8 });
        using var cancellation = new CancellationTokenSource();
        model.BatchEnded += (in BatchReport batch, ReadOnlySpan<BatchPart> parts) =>
        {
            if (batch.Number == 3)
                cancellation.Cancel();
        };
        var first = model.GenerateAsync(new GenerationRequest { Agent = "first", Prompt = Models.PlannerPrompt }, onText: null, cancellation.Token);
        var second = AskAsync(model, "second", Models.PlannerPrompt, most: 100);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WaitAsync(Patience, TestContext.Current.CancellationToken));

        Assert.Equal(Models.PlannerAnswer, (await second.WaitAsync(Patience, TestContext.Current.CancellationToken)).Text);
        Assert.Null(model.AuditMemory());
    }

    [Fact]
    public async Task A_safety_request_goes_before_a_long_prompt_that_is_being_computed_and_costs_it_nothing_but_time()
    {
        await using var model = await Models.LoadAsync(Models.Planner(), new LlamaOptions { BatchTokens = 16 });
        var prompt = Skills + Skills + "<|im_start|>user\nset valve 3<|im_end|>\n<|im_start|>assistant\n";
        var undisturbed = await AskAsync(model, "background", prompt, most: 20);
        await using var busy = await Models.LoadAsync(Models.Planner(), new LlamaOptions { BatchTokens = 16, SafetyWait = TimeSpan.FromTicks(1) });
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var order = new List<string>();
        busy.BatchEnded += (in BatchReport _, ReadOnlySpan<BatchPart> parts) =>
        {
            began.TrySetResult();
            order.Add(parts.Length == 1 ? parts[0].Agent : "both");
        };

        var background = busy.GenerateAsync(
            new GenerationRequest { Agent = "background", Prompt = prompt, MaxTokens = 20, Priority = MessagePriority.Background }, onText: null, TestContext.Current.CancellationToken);
        await began.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        var safety = await busy.GenerateAsync(
            new GenerationRequest { Agent = "safety", Prompt = Models.PlannerPrompt, MaxTokens = 100, Priority = MessagePriority.Safety }, onText: null, TestContext.Current.CancellationToken)
            .WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.False(background.IsCompleted);
        Assert.Equal(Models.PlannerAnswer, safety.Text);
        Assert.Equal(undisturbed.Text, (await background.WaitAsync(Patience, TestContext.Current.CancellationToken)).Text);
        Assert.DoesNotContain("both", order);
        var atOnce = order.SkipWhile(agent => agent != "safety").TakeWhile(agent => agent == "safety").Count();
        Assert.Equal(order.Count(agent => agent == "safety"), atOnce);
    }

    [Fact]
    public async Task Where_memory_is_short_a_later_request_gives_up_its_own_and_still_answers_rightly()
    {
        await using var model = await Models.LoadAsync(Models.Planner(contextTokens: 256), new LlamaOptions { KeptTokens = 0, Running = 4 });
        var orders = new[] { "turn left", "go to the kitchen", "drive two meters", "take a picture" };
        var prompts = orders.Select(order => Models.PlannerPrompt.Replace("turn left, then look for the red ball and take a picture of it", $"{order} and " + string.Concat(Enumerable.Repeat("then go to the gate ", 12)), StringComparison.Ordinal)).ToList();
        var alone = new List<string>();
        foreach (var prompt in prompts)
            alone.Add((await AskAsync(model, "alone", prompt, most: 60)).Text);

        var together = await AllAsync(prompts.Select((prompt, i) => AskAsync(model, $"agent {i}", prompt, most: 60)));

        Assert.Equal(alone, together.Select(result => result.Text));
        Assert.True(model.Counters.Preemptions > 0, $"{model.Counters}");
        Assert.True(model.Counters.Cells <= 256, $"{model.Counters.Cells} cells are used");
        Assert.Null(model.AuditMemory());
    }

    [Fact]
    public async Task A_cancelled_request_frees_its_cells_at_once()
    {
        await using var model = await Models.LoadAsync(Models.Planner());
        await AskAsync(model, "other", "<|im_start|>user\nstop<|im_end|>\n", most: 1);
        var before = model.Counters.Cells;
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => model.GenerateAsync(
            new GenerationRequest { Agent = "a", Prompt = Models.PlannerPrompt, MaxTokens = 500 }, _ => cancellation.Cancel(), cancellation.Token).WaitAsync(Patience, TestContext.Current.CancellationToken));
        await AskAsync(model, "other", "<|im_start|>user\nstop<|im_end|>\n", most: 1); // the engine has counted since

        Assert.Equal(before, model.Counters.Cells);
        Assert.Null(model.AuditMemory());
    }

    [Fact]
    public async Task Whom_the_model_expects_back_first_keeps_its_memory()
    {
        await using var model = await Models.LoadAsync(Models.Planner(contextTokens: 512), new LlamaOptions { KeptTokens = 0 });
        string Prompt(int agent) => $"<|im_start|>system\nagent {agent}\nTools:\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"skill_{agent}_{i}(value)\n")) + "<|im_end|>\n";
        await model.GenerateAsync(new GenerationRequest { Agent = "soon", Prompt = Prompt(1), MaxTokens = 1, ReturnsAfter = TimeSpan.FromMilliseconds(1) }, onText: null, TestContext.Current.CancellationToken);
        await model.GenerateAsync(new GenerationRequest { Agent = "late", Prompt = Prompt(2), MaxTokens = 1, ReturnsAfter = TimeSpan.FromHours(1) }, onText: null, TestContext.Current.CancellationToken);

        await AskAsync(model, "filler", Prompt(3), most: 1);
        await AskAsync(model, "filler", Prompt(4), most: 1);

        Assert.True(model.Counters.EvictedTokens > 0, $"{model.Counters}");
        Assert.Equal(model.Tokenize(Prompt(1), special: true).Length - 1, (await AskAsync(model, "soon", Prompt(1), most: 1)).ReusedTokens);
    }

    [Fact]
    public async Task Eight_agents_at_once_allocate_nothing_on_the_engines_thread_while_they_write()
    {
        await using var model = await Models.LoadAsync(Models.Planner(), new LlamaOptions { Running = 8, KeptTokens = 4096 });
        Task<GenerationResult[]> Round() => AllAsync(Enumerable.Range(0, 8).Select(i => AskAsync(model, $"agent {i}", Models.PlannerPrompt, most: 60)));

        // A round in which the compiler or the runtime still works on the code may have some bytes of theirs; an allocation of the loop's own would be in every round.
        var least = long.MaxValue;
        for (var round = 0; round < 10 && least > 0; round++)
        {
            var (before, generated, shared) = (model.LoopAllocatedBytes, model.Counters.GeneratedTokens, model.Counters.SharedBatches);
            await Round();
            least = Math.Min(least, model.LoopAllocatedBytes - before);
            Assert.True(model.Counters.GeneratedTokens > generated + 200, "they wrote");
            Assert.True(model.Counters.SharedBatches > shared, "together");
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public async Task Every_token_is_seen_in_a_batch_and_an_observer_that_fails_is_let_go()
    {
        await using var model = await Models.LoadAsync(Models.Planner());
        var (prompt, output, failures) = (0, 0, 0);
        model.BatchEnded += (in BatchReport batch, ReadOnlySpan<BatchPart> parts) =>
        {
            foreach (var part in parts)
            {
                prompt += part.IsOutput ? 0 : part.Tokens;
                output += part.IsOutput ? part.Tokens : 0;
            }
        };

        var result = await AskAsync(model, "a", Models.PlannerPrompt, most: 100);

        Assert.Equal(result.PromptTokens, prompt);
        Assert.Equal(result.GeneratedTokens - 1, output); // the end token is not computed
        model.BatchEnded += (in BatchReport _, ReadOnlySpan<BatchPart> _) => throw new NotSupportedException($"{++failures}");
        Assert.Equal(Models.PlannerAnswer, (await AskAsync(model, "a", Models.PlannerPrompt, most: 100)).Text);
        Assert.Equal(1, failures);
    }

    [Fact]
    public async Task What_agents_can_share_is_told()
    {
        await using var model = await Models.LoadAsync(Models.Planner());

        Assert.Equal(PromptMemory.Shared, model.Info.Memory);
    }

    private static Task<GenerationResult> AskAsync(LlamaModel model, string agent, string prompt, int most) =>
        model.GenerateAsync(new GenerationRequest { Agent = agent, Prompt = prompt, MaxTokens = most }, onText: null, TestContext.Current.CancellationToken);

    private static Task<GenerationResult[]> AllAsync(IEnumerable<Task<GenerationResult>> asking) => Task.WhenAll(asking).WaitAsync(Patience, TestContext.Current.CancellationToken);
}
