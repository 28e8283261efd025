using EdgeMas.Core.Models;

namespace EdgeMas.Inference.Tests.Engine;

public sealed class OverflowTests
{
    private const int Context = 256;
    private const string Head = "<|im_start|>system\nTools:\ndrive(distance_m)\nturn(angle_deg)<|im_end|>\n";
    private const string Order = "<|im_start|>user\nturn left<|im_end|>\n<|im_start|>assistant\n";

    private static readonly string Long = Head + string.Concat(Enumerable.Range(0, 60).Select(i => $"<|im_start|>user\ngo to place {i}<|im_end|>\n")) + Order;

    [Fact]
    public async Task A_prompt_that_is_too_long_is_refused_unless_told_otherwise()
    {
        await using var model = await Models.LoadAsync(Models.Planner(Context));

        var refusal = await Assert.ThrowsAsync<ModelException>(() => AskAsync(model, Request(Long)));

        Assert.Contains($"context {Context}", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(FinishReason.Length, (await AskAsync(model, Request(Head + Order) with { MaxTokens = 1000, Constraint = new TextConstraint(model, Endless) })).Finish);
    }

    [Fact]
    public async Task A_prompt_that_slides_keeps_its_beginning_and_its_end()
    {
        await using var model = await Models.LoadAsync(Models.Planner(Context));
        var whole = model.Tokenize(Long, special: true);
        var keep = model.Tokenize(Head, special: true).Length;
        var slid = await AskAsync(model, Request(Long) with { Overflow = ContextOverflow.Slide, KeepTokens = keep });

        int[] left = [.. whole.AsSpan(0, keep), .. whole.AsSpan(whole.Length - (slid.PromptTokens - keep))];
        var expected = await AskAsync(model, Request("") with { Prompt = null, PromptTokens = left });

        Assert.Equal(expected.Text, slid.Text);
        Assert.True(slid.PromptTokens <= Context - 64, $"{slid.PromptTokens} tokens are left");
        Assert.Equal(slid.PromptTokens - 1, expected.ReusedTokens); // the very same tokens
    }

    [Fact]
    public async Task A_conversation_that_grows_slides_seldom_so_that_its_beginning_is_reused()
    {
        await using var model = await Models.LoadAsync(Models.Planner(Context));
        var keep = model.Tokenize(Head, special: true).Length;
        var talk = Long[..^Order.Length];
        var results = new List<GenerationResult>();
        for (var turn = 0; turn < 12; turn++)
        {
            talk += $"<|im_start|>user\nturn {turn}<|im_end|>\n";
            results.Add(await AskAsync(model, Request(talk) with { Overflow = ContextOverflow.Slide, KeepTokens = keep, MaxTokens = 4 }));
        }

        Assert.True(results.Skip(1).Count(result => result.ReusedTokens > result.PromptTokens / 2) >= 6, string.Join(' ', results.Select(result => $"{result.ReusedTokens}/{result.PromptTokens}")));
    }

    [Fact]
    public async Task What_goes_is_summarised_by_the_callback()
    {
        await using var model = await Models.LoadAsync(Models.Planner(Context));
        var keep = model.Tokenize(Head, special: true).Length;
        var gone = "";
        const string Summary = "<|im_start|>user\nwent far<|im_end|>\n";

        var result = await AskAsync(model, Request(Long) with
        {
            Overflow = ContextOverflow.Summarise,
            KeepTokens = keep,
            Summarise = (text, _) =>
            {
                gone = text;
                return Task.FromResult(Summary);
            },
        });

        Assert.Contains("go to place 0", gone, StringComparison.Ordinal);
        Assert.DoesNotContain("turn left", gone, StringComparison.Ordinal);
        var whole = model.Tokenize(Long, special: true);
        var summary = model.Tokenize(Summary, special: true);
        var tail = result.PromptTokens - keep - summary.Length;
        var same = await AskAsync(model, Request("") with { Prompt = null, PromptTokens = [.. whole.AsSpan(0, keep), .. summary, .. whole.AsSpan(whole.Length - tail)] });
        Assert.Equal(result.Text, same.Text);
        Assert.Equal(same.PromptTokens - 1, same.ReusedTokens);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_must_stay_and_does_not_fit_is_refused(bool slides)
    {
        await using var model = await Models.LoadAsync(Models.Planner(Context));
        var request = Request(Long) with { KeepTokens = slides ? 300 : 20, Overflow = slides ? ContextOverflow.Slide : ContextOverflow.Summarise, Summarise = (_, _) => Task.FromResult(Long) };

        var refusal = await Assert.ThrowsAsync<ModelException>(() => AskAsync(model, request));

        Assert.Equal(ModelFault.Request, refusal.Fault);
        Assert.Contains("KeepTokens", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(400)]
    public async Task An_output_longer_than_the_context_goes_on_and_others_do_not_notice(int forced)
    {
        await using var model = await Models.LoadAsync(Models.Planner(Context));
        var keep = model.Tokenize(Head, special: true).Length;
        var alone = await AskAsync(model, Request(Models.PlannerPrompt));
        var constraint = new TextConstraint(model, Endless, forced);

        var sliding = AskAsync(model, Request(Head + Order) with { Agent = "slider", Overflow = ContextOverflow.Slide, KeepTokens = keep, MaxTokens = 5000, Constraint = constraint });
        var beside = new List<GenerationResult>();
        while (!sliding.IsCompleted)
            beside.Add(await AskAsync(model, Request(Models.PlannerPrompt)));
        var result = await sliding;

        Assert.Equal(Endless, result.Text);
        Assert.Equal(FinishReason.Stop, result.Finish);
        Assert.True(result.GeneratedTokens > 2 * Context, $"{result.GeneratedTokens} tokens");
        Assert.Equal(model.Tokenize(Head + Order, special: true).Length, result.PromptTokens);
        Assert.All(beside, other => Assert.Equal(alone.Text, other.Text));
        Assert.Null(model.AuditMemory());
    }

    private static string Endless { get; } = "[" + string.Join(',', Enumerable.Range(0, 240).Select(i => $"{{\"turn\":{i}}}")) + "]";

    private static GenerationRequest Request(string prompt) => new() { Agent = "talker", Prompt = prompt, MaxTokens = 120 };

    private static Task<GenerationResult> AskAsync(LlamaModel model, GenerationRequest request) => model.GenerateAsync(request, onText: null, TestContext.Current.CancellationToken);
}
