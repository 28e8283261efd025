using System.Text.Json;
using EdgeMas.Core.Models;

namespace EdgeMas.Inference.Tests;

/// <summary>Gemma 3 270M with the planner's adapter: a sliding window, a sentence-piece vocabulary and a beginning token, which the in-box planner has not.</summary>
public sealed class GemmaTests(GemmaModel gemma) : IClassFixture<GemmaModel>
{
    private static readonly GenerationRequest Order = new() { Agent = "planner", Prompt = Models.GemmaPrompt };

    [Fact]
    public async Task The_adapter_makes_a_plan_of_the_skills_in_the_prompt()
    {
        var model = await gemma.LoadAsync();

        var result = await model.GenerateAsync(Order, onText: null, TestContext.Current.CancellationToken);

        using var plan = JsonDocument.Parse(result.Text);
        Assert.Equal(["turn", "look_for", "take_photo"], plan.RootElement.EnumerateArray().Select(step => step.GetProperty("name").GetString()!));
        Assert.Equal(90, plan.RootElement[0].GetProperty("arguments").GetProperty("angle_deg").GetInt32());
        Assert.Equal("red ball", plan.RootElement[1].GetProperty("arguments").GetProperty("object").GetString());
        Assert.Equal(FinishReason.Stop, result.Finish);
        TestContext.Current.TestOutputHelper!.WriteLine(result.ToString());
    }

    [Fact]
    public async Task The_beginning_token_comes_once_written_or_not()
    {
        var model = await gemma.LoadAsync();
        var raw = model.Tokenize("<bos><start_of_turn>user\nhello<end_of_turn>\n<start_of_turn>model\n", special: true);

        var written = await model.GenerateAsync(
            new GenerationRequest { Agent = "a", Prompt = "<bos><start_of_turn>user\nhello<end_of_turn>\n<start_of_turn>model\n", MaxTokens = 1 }, onText: null, TestContext.Current.CancellationToken);
        var turns = await model.GenerateAsync(new GenerationRequest { Agent = "a", Turns = [new("user", "hello")], MaxTokens = 1 }, onText: null, TestContext.Current.CancellationToken);

        var left = await model.GenerateAsync(
            new GenerationRequest { Agent = "a", Prompt = "<start_of_turn>user\nhello<end_of_turn>\n<start_of_turn>model\n", MaxTokens = 1 }, onText: null, TestContext.Current.CancellationToken);

        Assert.Equal(raw.Length, left.PromptTokens);
        Assert.Equal(model.Vocabulary.BeginToken, raw[0]);
        Assert.NotEqual(model.Vocabulary.BeginToken, raw[1]);
        Assert.Equal(raw.Length, written.PromptTokens);
        Assert.Equal(raw.Length, turns.PromptTokens);
        Assert.Equal(raw.Length - 1, turns.ReusedTokens); // token for token the same
    }

    [Fact]
    public async Task A_plain_text_is_gone_on_with_as_llama_cpp_does()
    {
        var model = await gemma.LoadAsync();

        var result = await model.GenerateAsync(
            new GenerationRequest { Agent = "a", Prompt = "The capital of France is", Adapter = AdapterCard.None, MaxTokens = 12 }, onText: null, TestContext.Current.CancellationToken);

        Assert.Equal(" the capital of the French Republic. It is the largest city", result.Text); // llama-server v0.5.0's answer, and nonsense without the beginning token
    }

    [Fact]
    public async Task A_prefix_longer_than_the_sliding_window_is_reused_rightly()
    {
        const int Window = 512; // gemma3.attention.sliding_window
        var model = await gemma.LoadAsync();
        var skills = string.Concat(Enumerable.Range(0, 30).Select(i => $"set_valve_{i}(position: open|closed): Move valve {i} of the tank.\n"));
        var prompt = Models.GemmaPrompt.Replace("look_for(object)\n", skills + "look_for(object)\n", StringComparison.Ordinal);
        var other = prompt.Replace("turn left, then look for the red ball and take a picture of it", "go back two meters and take a picture", StringComparison.Ordinal);
        GenerationResult fresh;
        await using (var empty = await Models.LoadAsync(Models.Gemma()))
            fresh = await empty.GenerateAsync(Order with { Prompt = prompt, MaxTokens = 24 }, onText: null, TestContext.Current.CancellationToken);
        await model.GenerateAsync(Order with { Prompt = other, MaxTokens = 24 }, onText: null, TestContext.Current.CancellationToken);

        var reusing = await model.GenerateAsync(Order with { Prompt = prompt, MaxTokens = 24 }, onText: null, TestContext.Current.CancellationToken);

        Assert.True(reusing.ReusedTokens > Window + 100, $"{reusing.ReusedTokens} tokens were reused");
        Assert.True(reusing.ReusedTokens < reusing.PromptTokens - 1, "the orders differ");
        Assert.Equal(fresh.Text, reusing.Text);
        Assert.Equal(fresh.MeanLogProbability, reusing.MeanLogProbability, 0.02);
    }

    [Fact]
    public async Task A_reused_prefix_longer_than_the_window_has_the_tokens_and_probabilities_of_one_sequence_alone()
    {
        var card = Models.Gemma();
        await using var model = await Models.LoadAsync(card, new LlamaOptions { Threads = 1, Independent = true });
        using var alone = new Engine.OneSequence(card);
        var skills = string.Concat(Enumerable.Range(0, 30).Select(i => $"set_valve_{i}(position: open|closed): Move valve {i} of the tank.\n"));
        var requests = new[] { "turn left, then look for the red ball and take a picture of it", "go back two meters and take a picture", "turn on the light" }.Select(order => Order with
        {
            MaxTokens = 16,
            Prompt = Models.GemmaPrompt.Replace("look_for(object)\n", skills + "look_for(object)\n", StringComparison.Ordinal)
                .Replace("turn left, then look for the red ball and take a picture of it", order, StringComparison.Ordinal),
        }).ToList();

        foreach (var request in requests)
        {
            var result = await model.GenerateAsync(request, onText: null, TestContext.Current.CancellationToken);
            var expected = alone.Ask(request);

            Assert.True(request == requests[0] ? result.ReusedTokens == 0 : result.ReusedTokens > 512, $"{result.ReusedTokens} of {result.PromptTokens} tokens were reused");
            Assert.Equal((expected.Text, expected.GeneratedTokens, expected.MeanLogProbability), (result.Text, result.GeneratedTokens, result.MeanLogProbability));
        }
    }

    /// <summary>Behind the window cells are overwritten where memory is short: what is left of such a prompt must not be taken for the whole.</summary>
    [Fact]
    public async Task Agents_with_prompts_longer_than_the_window_in_a_memory_too_small_for_them_answer_as_alone()
    {
        await using var model = await Models.LoadAsync(Models.Gemma(contextTokens: 1024), new LlamaOptions { KeptTokens = 0, Running = 3 });
        var skills = string.Concat(Enumerable.Range(0, 24).Select(i => $"set_valve_{i}(position: open|closed): Move valve {i} of the tank.\n"));
        var prompts = new[] { "turn left, then look for the red ball and take a picture of it", "go back two meters and take a picture", "turn on the light" }.Select(order => Models.GemmaPrompt
            .Replace("look_for(object)\n", skills + "look_for(object)\n", StringComparison.Ordinal)
            .Replace("turn left, then look for the red ball and take a picture of it", order, StringComparison.Ordinal)).ToList();
        // Own beginnings, so that each needs cells of its own.
        for (var i = 0; i < prompts.Count; i++)
            prompts[i] = prompts[i].Replace("Tools:", $"Robot {i}. Tools:", StringComparison.Ordinal);
        var alone = new List<string>();
        foreach (var prompt in prompts)
            alone.Add((await model.GenerateAsync(Order with { Prompt = prompt, MaxTokens = 8 }, onText: null, TestContext.Current.CancellationToken)).Text);

        var together = await Task.WhenAll(prompts.Select((prompt, i) =>
            model.GenerateAsync(Order with { Agent = $"agent {i}", Prompt = prompt, MaxTokens = 8 }, onText: null, TestContext.Current.CancellationToken)));

        Assert.Equal(PromptMemory.Window, model.Info.Memory);
        Assert.Equal(alone, together.Select(result => result.Text));
        Assert.Null(model.AuditMemory());
    }

    [Fact]
    public async Task A_grammar_holds_over_a_large_vocabulary_without_allocating()
    {
        var model = await gemma.LoadAsync();
        var request = Order with { Gbnf = "root ::= \"[{\\\"name\\\":\\\"\" (\"set_light\" | \"look_for\") \"\\\"}]\"" };
        await model.GenerateAsync(request, onText: null, TestContext.Current.CancellationToken);
        var before = model.LoopAllocatedBytes;

        var result = await model.GenerateAsync(request, onText: null, TestContext.Current.CancellationToken);

        Assert.Matches("""^\[\{"name":"(set_light|look_for)"\}\]$""", result.Text);
        Assert.Equal(before, model.LoopAllocatedBytes);
    }

    [Theory]
    [InlineData("turn left — 漢字 🚀\n\n\tend")]
    [InlineData("  leading spaces stay")]
    public async Task Text_survives_tokens_and_back(string text)
    {
        var model = await gemma.LoadAsync();

        Assert.Equal(text, model.Detokenize(model.Tokenize(text, special: false)));
    }

    [Fact]
    public async Task Without_the_adapter_the_answer_is_another()
    {
        await using var bare = await Models.LoadAsync(Models.Gemma() with { AdapterPath = null });
        var model = await gemma.LoadAsync();

        var with = await model.GenerateAsync(Order with { MaxTokens = 20 }, onText: null, TestContext.Current.CancellationToken);
        var without = await bare.GenerateAsync(Order with { MaxTokens = 20 }, onText: null, TestContext.Current.CancellationToken);

        Assert.NotEqual(with.Text, without.Text);
    }
}
