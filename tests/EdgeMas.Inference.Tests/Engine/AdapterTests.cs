using EdgeMas.Core.Messages;
using EdgeMas.Core.Models;
using EdgeMas.Inference.Persistence;
using EdgeMas.Inference.Timeline;

namespace EdgeMas.Inference.Tests.Engine;

/// <summary>Agents with LoRA adapters of their own on one model.</summary>
public sealed class AdapterTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string?[] Names = [null, "first", "second"];

    private readonly TemporaryFolder _folder = new();
    private readonly string _first;
    private readonly string _second;

    public AdapterTests()
    {
        _first = RandomAdapter.Write(_folder.File("first.gguf"), Models.PlannerFile, seed: 1);
        _second = RandomAdapter.Write(_folder.File("second.gguf"), Models.PlannerFile, seed: 2);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Agents_of_different_adapters_side_by_side_have_the_outputs_that_each_has_alone()
    {
        await using var model = await Models.LoadAsync(Card(), new LlamaOptions { Independent = true, Threads = 1 });

        var results = await Task.WhenAll(Enumerable.Range(0, 9).Select(agent => AskAsync(model, Names[agent % 3], Order(agent)))).WaitAsync(Patience, TestContext.Current.CancellationToken);

        foreach (var name in Names)
        {
            using var alone = new OneSequence(Models.Planner() with { AdapterPath = PathOf(name) });
            for (var agent = Array.IndexOf(Names, name); agent < results.Length; agent += 3)
            {
                var expected = alone.Ask(Request(name, Order(agent)));
                Assert.Equal((expected.Text, expected.GeneratedTokens, expected.MeanLogProbability), (results[agent].Text, results[agent].GeneratedTokens, results[agent].MeanLogProbability));
            }
        }
        Assert.Null(model.AuditMemory());
        Assert.Equal(["first", "second"], model.Info.Adapters);
    }

    [Fact]
    public async Task The_same_prompt_has_another_output_with_each_adapter_and_what_it_computed_is_not_lent()
    {
        await using var model = await Models.LoadAsync(Card(), new LlamaOptions { Threads = 1 });

        var own = await AskAsync(model, null);
        var first = await AskAsync(model, "first");
        var second = await AskAsync(model, "second");
        var again = await AskAsync(model, "first");

        Assert.Equal(Models.PlannerAnswer, own.Text);
        Assert.Equal(3, new[] { own.Text, first.Text, second.Text }.Distinct().Count());
        Assert.Equal((0, 0, 0), (own.ReusedTokens, first.ReusedTokens, second.ReusedTokens));
        Assert.Equal(again.PromptTokens - 1, again.ReusedTokens);
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(own.Text, (await AskAsync(model, AdapterCard.None)).Text);
        Assert.Null(model.AuditMemory());
    }

    [Fact]
    public async Task A_batch_has_the_tokens_of_one_adapters_requests_and_the_others_have_their_turns()
    {
        await using var model = await Models.LoadAsync(Card(), new LlamaOptions { Threads = 1, Running = 8 });
        var batches = new List<string[]>();
        model.BatchEnded += (in BatchReport _, ReadOnlySpan<BatchPart> parts) => batches.Add([.. parts.ToArray().Select(part => part.Agent)]);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(agent => AskAsync(model, Names[agent % 3], agent: $"{Names[agent % 3]}/{agent}", most: 60, gbnf: "root ::= [a-z ]{200}")))
            .WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.All(batches, agents => Assert.Single(agents.Select(agent => agent.Split('/')[0]).Distinct()));
        Assert.Contains(batches, agents => agents.Length == 2);
        var changes = batches.Zip(batches.Skip(1)).Count(pair => pair.First[0].Split('/')[0] != pair.Second[0].Split('/')[0]);
        Assert.InRange(changes, 20, batches.Count / 2); // in turn, and not after each batch
    }

    [Fact]
    public async Task A_background_agent_of_another_adapter_is_not_left_out_for_ever()
    {
        await using var model = await Models.LoadAsync(Card(), new LlamaOptions { Threads = 1 });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var busy = model.GenerateAsync(
            Request("first") with { Gbnf = "root ::= [a-z ]{900}", MaxTokens = 900 }, _ => began.TrySetResult(), stop.Token);
        await began.Task.WaitAsync(Patience, stop.Token);

        var background = await model.GenerateAsync(Request("second") with { Priority = MessagePriority.Background, MaxTokens = 2 }, null, stop.Token).WaitAsync(Patience, stop.Token);

        Assert.False(busy.IsCompleted);
        Assert.NotEmpty(background.Text);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => busy);
    }

    [Fact]
    public async Task One_whose_cells_others_hold_gets_them_when_they_end()
    {
        // The memory has room for one of these prompts and its output at a time: whoever runs must let go of his for the other.
        await using var model = await Models.LoadAsync(Card(contextTokens: 256), new LlamaOptions { Threads = 1, KeptTokens = 0, KeptSequences = 2, Running = 4 });

        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(agent => AskAsync(model, Names[agent % 3], Order(agent), most: 40))).WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.All(results, result => Assert.NotEmpty(result.Text));
        Assert.Null(model.AuditMemory());
    }

    [Fact]
    public async Task Choosing_tokens_allocates_nothing_where_adapters_change()
    {
        await using var model = await Models.LoadAsync(Card(), new LlamaOptions { Threads = 1 });
        var least = long.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var before = model.LoopAllocatedBytes;
            await Task.WhenAll(Names.Select(name => AskAsync(model, name, most: 40, gbnf: "root ::= [a-z ]{200}"))).WaitAsync(Patience, TestContext.Current.CancellationToken);
            least = Math.Min(least, model.LoopAllocatedBytes - before);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public async Task The_models_own_adapter_is_the_usual_one_and_none_leaves_it_out()
    {
        await using var model = await Models.LoadAsync(Models.Planner() with { AdapterPath = _first, Adapters = [new AdapterCard("second", _second)] }, new LlamaOptions { Threads = 1 });
        using var first = new OneSequence(Models.Planner() with { AdapterPath = _first });
        using var second = new OneSequence(Models.Planner() with { AdapterPath = _second });

        Assert.Equal(first.Ask(Request(null)).Text, (await AskAsync(model, null)).Text);
        Assert.Equal(second.Ask(Request(null)).Text, (await AskAsync(model, "second")).Text);
        Assert.Equal(Models.PlannerAnswer, (await AskAsync(model, AdapterCard.None)).Text);
    }

    [Fact]
    public async Task The_scale_says_how_strongly_it_counts()
    {
        await using var model = await Models.LoadAsync(
            Models.Planner() with { Adapters = [new AdapterCard("not", _first, Scale: 0), new AdapterCard("half", _first, Scale: 0.5f), new AdapterCard("whole", _first)] }, new LlamaOptions { Threads = 1 });

        var (none, half, whole) = (await AskAsync(model, "not"), await AskAsync(model, "half"), await AskAsync(model, "whole"));

        Assert.Equal(Models.PlannerAnswer, none.Text);
        Assert.NotEqual(none.MeanLogProbability, half.MeanLogProbability);
        Assert.NotEqual(half.MeanLogProbability, whole.MeanLogProbability);
    }

    [Fact]
    public async Task An_adapter_that_is_not_there_is_refused_and_the_others_go_on()
    {
        await using var model = await Models.LoadAsync(Card(), new LlamaOptions { Threads = 1 });
        var other = AskAsync(model, "first");

        var error = await Assert.ThrowsAsync<ModelException>(() => AskAsync(model, "third"));

        Assert.Equal(ModelFault.Request, error.Fault);
        Assert.Contains("there is no adapter 'third'; there are first, second", error.Message);
        Assert.NotEmpty((await other).Text);
    }

    [Fact]
    public async Task What_is_kept_on_disk_comes_back_to_its_own_adapter_only()
    {
        var options = new LlamaOptions { Threads = 1, StateFolder = _folder.Path };
        await using (var model = await Models.LoadAsync(Card(), options))
        {
            foreach (var name in Names)
                await AskAsync(model, name);
        }

        // 'first' has another name now and is the same file; 'second' is another file.
        var renamed = Models.Planner() with { Adapters = [new AdapterCard("second", RandomAdapter.Write(_folder.File("third.gguf"), Models.PlannerFile, seed: 3)), new AdapterCard("renamed", _first)] };
        await using var restarted = await Models.LoadAsync(renamed, options);
        var (own, first, second) = (await AskAsync(restarted, null), await AskAsync(restarted, "renamed"), await AskAsync(restarted, "second"));

        Assert.Equal((own.PromptTokens - 1, first.PromptTokens - 1, 0), (own.ReusedTokens, first.ReusedTokens, second.ReusedTokens));
        using var alone = new OneSequence(Models.Planner() with { AdapterPath = _first });
        Assert.Equal(alone.Ask(Request(null)).Text, first.Text);
        Assert.Equal(Models.PlannerAnswer, own.Text);
        Assert.Null(restarted.AuditMemory());
    }

    [Fact]
    public void A_run_that_begins_with_one_of_another_adapter_is_refused()
    {
        var file = new StateFile(_folder.File("runs.kv"), StateFingerprint.Given("test"));
        file.Write([new StateRun(-1, 0, "", [1, 2], [new byte[4]]), new StateRun(0, 1, "other", [3], [new byte[4]])]);

        Assert.Contains("which has another adapter", Assert.Throws<InvalidDataException>(file.Read).Message);
    }

    [Fact]
    public async Task A_synthetic_model_takes_adapters_too()
    {
        var shape = EdgeMas.Inference.Synthesis.ModelShape.All.Single(each => each.Name == "tiny");
        var path = _folder.File("tiny.gguf");
        await EdgeMas.Inference.Synthesis.SyntheticModel.WriteAsync(
            path, shape, EdgeMas.Inference.Synthesis.WeightFormat.All.Single(each => each.Name == "F16"), vocabulary: null, seed: 1, progress: null, TestContext.Current.CancellationToken);
        var adapter = RandomAdapter.Write(_folder.File("tiny-adapter.gguf"), path, seed: 1, strength: 2);
        var card = new ModelCard("tiny", path, AdapterPath: null, PromptStyle.Chat, "none", 1024) { Adapters = [new AdapterCard("first", adapter)] };
        await using var model = await Models.LoadAsync(card, new LlamaOptions { Threads = 1, Independent = true });

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(agent => AskAsync(model, agent % 2 == 0 ? null : "first"))).WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(results[0].Text, results[2].Text);
        Assert.Equal(results[1].Text, results[3].Text);
        Assert.NotEqual(results[0].Text, results[1].Text);
    }

    [Fact]
    public async Task A_file_that_is_no_adapter_is_refused_before_anything_is_loaded()
    {
        await RequireRefusalAsync([new AdapterCard("lost", _folder.File("lost.gguf"))], "there is no such file");
        await RequireRefusalAsync([new AdapterCard("model", Models.PlannerFile)], "it is of type 'model', not 'adapter'");
        await RequireRefusalAsync([new AdapterCard("twice", _first), new AdapterCard("twice", _second)], "two adapters have the name 'twice'");
        await RequireRefusalAsync([new AdapterCard("none", _first)], "an adapter cannot have the name 'none'");
        await RequireRefusalAsync([new AdapterCard("a b", _first)], "an adapter cannot have the name 'a b'");
        await RequireRefusalAsync([new AdapterCard("wild", _first, float.NaN)], "its scale is NaN");
        await RequireRefusalAsync(
            [new AdapterCard("late", RandomAdapter.Write(_folder.File("late.gguf"), Models.PlannerFile, seed: 1, add: head => head.Add("adapter.alora.invocation_tokens", [1, 2])))], "activated LoRA");
        await RequireRefusalAsync([new AdapterCard("gemma", Models.Gemma().AdapterPath!)], "does not fit the model");
        var cut = _folder.File("cut.gguf");
        await File.WriteAllBytesAsync(cut, File.ReadAllBytes(_first)[..5000], TestContext.Current.CancellationToken);
        await RequireRefusalAsync([new AdapterCard("cut", cut)], "it is cut off");
    }

    private static async Task RequireRefusalAsync(AdapterCard[] adapters, string reason)
    {
        var error = await Assert.ThrowsAsync<ModelException>(() => Models.LoadAsync(Models.Planner() with { Adapters = adapters }));
        Assert.Equal(adapters[^1].Path, error.Model);
        Assert.Contains(reason, error.Message);
    }

    private static string Order(int agent) => Models.PlannerPrompt.Replace("turn left", agent % 2 == 0 ? "turn right" : $"drive {agent} meters", StringComparison.Ordinal);

    private static GenerationRequest Request(string? adapter, string prompt = Models.PlannerPrompt) =>
        new() { Agent = adapter ?? "own", Adapter = adapter, Prompt = prompt, MaxTokens = 48 };

    private static Task<GenerationResult> AskAsync(LlamaModel model, string? adapter, string prompt = Models.PlannerPrompt, string? agent = null, int most = 48, string? gbnf = null) =>
        model.GenerateAsync(Request(adapter, prompt) with { Agent = agent ?? adapter ?? "own", MaxTokens = most, Gbnf = gbnf }, null, TestContext.Current.CancellationToken);

    private string? PathOf(string? name) => name switch { null => null, "first" => _first, _ => _second };

    private ModelCard Card(int contextTokens = 1024) =>
        Models.Planner(contextTokens) with { Adapters = [new AdapterCard("first", _first), new AdapterCard("second", _second)] };
}
