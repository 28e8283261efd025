using EdgeMas.Core.Messages;
using EdgeMas.Core.Models;
using EdgeMas.Inference.Synthesis;

namespace EdgeMas.Inference.Tests.Engine;

/// <summary>A model whose memory of a sequence is one state: nothing of it can be lent or cut. Random weights in Mamba's shape.</summary>
public sealed class RecurrentTests : IDisposable
{
    private const int Context = 512;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_prompt_that_continues_an_ended_request_goes_on_from_its_state_and_any_other_begins_anew()
    {
        await using var model = await LoadAsync(new LlamaOptions { Threads = 1 });
        int[] prompt = [.. Enumerable.Range(300, 60)];

        var first = await AskAsync(model, prompt, output: 1);
        var same = await AskAsync(model, prompt, output: 1);
        var longer = await AskAsync(model, [.. prompt, .. Enumerable.Range(900, 20)], output: 4);
        var parted = await AskAsync(model, [.. prompt[..30], .. Enumerable.Range(1200, 30)], output: 4);

        Assert.Equal(PromptMemory.Continued, model.Info.Memory);
        Assert.Equal(0, first.ReusedTokens);
        Assert.Equal(0, same.ReusedTokens); // its last token would have to be taken back
        Assert.Equal(60, longer.ReusedTokens);
        Assert.Equal(0, parted.ReusedTokens);
        Assert.Equal(first.Text, same.Text);
        Assert.Equal(0, model.Counters.GuessedTokens);
    }

    [Fact]
    public async Task Many_agents_have_the_outputs_that_they_have_alone()
    {
        await using var alone = await LoadAsync(new LlamaOptions { Threads = 1, Running = 1, KeptSequences = 1 });
        await using var model = await LoadAsync(new LlamaOptions { Threads = 1, Running = 6, KeptSequences = 4, MaxQueue = 64 });
        int[][] prompts = [.. Enumerable.Range(0, 24).Select(agent => (int[])[.. Enumerable.Range(300, agent % 3 == 0 ? 40 : 4), .. Enumerable.Range(400 + (agent * 30), 10 + (agent * 7))])];
        var expected = new List<GenerationResult>();
        foreach (var prompt in prompts)
            expected.Add(await AskAsync(alone, prompt, output: 6));

        for (var round = 0; round < 2; round++)
        {
            var results = await Task.WhenAll(prompts.Select((prompt, agent) => AskAsync(model, prompt, output: 6, (MessagePriority)(agent % 3), $"agent {agent}")));
            var leads = expected.Zip(results).Where(pair => pair.First.Text != pair.Second.Text).ToList();

            // Near-ties of random weights fall differently in a batch of another size; then the outputs' probabilities are still nearly the same.
            Assert.True(leads.Count <= 3, $"{leads.Count} of {prompts.Length} texts differ");
            Assert.All(expected.Zip(results), pair => Assert.Equal(pair.First.MeanLogProbability, pair.Second.MeanLogProbability, 0.5));
            Assert.Null(model.AuditMemory());
        }
    }

    [Fact]
    public async Task One_that_is_cancelled_leaves_the_others_and_the_memory_as_they_were()
    {
        await using var model = await LoadAsync(new LlamaOptions { Threads = 1, Running = 4, KeptSequences = 2, MaxQueue = 64 });
        int[] prompt = [.. Enumerable.Range(300, 200)];
        var expected = await AskAsync(model, prompt, output: 20);

        for (var i = 0; i < 8; i++)
        {
            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            var cancelled = model.GenerateAsync(Request([.. Enumerable.Range(700 + i, 300)], 50, MessagePriority.Background, "leaver"), _ => cancellation.Cancel(), cancellation.Token);
            var beside = await AskAsync(model, prompt, output: 20, MessagePriority.Safety);

            Assert.Equal(expected.MeanLogProbability, beside.MeanLogProbability, 0.5);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        }
        Assert.Null(model.AuditMemory());
    }

    [Fact]
    public async Task An_output_longer_than_the_context_slides_by_computing_what_stays_anew()
    {
        await using var model = await LoadAsync(new LlamaOptions { Threads = 1 });

        var result = await model.GenerateAsync(
            Request([.. Enumerable.Range(300, 100)], 2 * Context, MessagePriority.Interactive, "talker") with { Overflow = ContextOverflow.Slide, KeepTokens = 20 },
            onText: null,
            TestContext.Current.CancellationToken);

        Assert.True(result.Finish == FinishReason.Stop || result.GeneratedTokens == 2 * Context, $"{result.GeneratedTokens} tokens, {result.Finish}");
        Assert.Null(model.AuditMemory());
    }

    private async Task<LlamaModel> LoadAsync(LlamaOptions options)
    {
        var path = Path.Combine(_folder.Path, "mamba.gguf");
        if (!File.Exists(path))
        {
            await SyntheticModel.WriteAsync(
                path, ModelShape.All.Single(shape => shape.Name == "tiny-mamba"), WeightFormat.All.Single(format => format.Name == "F16"), vocabulary: null, seed: 1, progress: null,
                TestContext.Current.CancellationToken);
        }
        return await Models.LoadAsync(new ModelCard("mamba", path, AdapterPath: null, PromptStyle.Chat, "none", Context), options);
    }

    private static Task<GenerationResult> AskAsync(LlamaModel model, int[] prompt, int output, MessagePriority priority = MessagePriority.Interactive, string agent = "test") =>
        model.GenerateAsync(Request(prompt, output, priority, agent), onText: null, TestContext.Current.CancellationToken);

    private static GenerationRequest Request(int[] prompt, int output, MessagePriority priority, string agent) =>
        new() { Agent = agent, PromptTokens = prompt, MaxTokens = output, Priority = priority };
}
