using CsCheck;
using EdgeMas.Core.Models;
using EdgeMas.Inference.Native;
using EdgeMas.Inference.Sampling;

namespace EdgeMas.Inference.Tests.Sampling;

public sealed class GrammarSamplingTests(PlannerModel planner) : IClassFixture<PlannerModel>
{
    private const string Grammar = """
        root ::= "[" call ("," call)* "]"
        call ::= "{\"name\":\"" ("turn" | "drive" | "goto") "\",\"arguments\":{\"v\":" number "}}"
        number ::= "-"? [0-9]{1,3} ("." [0-9])?
        """;

    [Fact]
    public async Task Asking_the_grammar_about_the_likeliest_first_chooses_what_asking_about_all_would()
    {
        var model = await planner.LoadAsync();
        var sampler = new TokenSampler(model.Table, new SamplingWorkspace(model.Table.Count));

        Gen.Int.Sample(
            seed =>
            {
                using var quick = model.Vocabulary.ParseGrammar(Grammar)!;
                using var full = model.Vocabulary.ParseGrammar(Grammar)!;
                sampler.Begin(EdgeMas.Core.Models.Sampling.Greedy, quick, constraint: null);
                var random = new Random(seed);
                for (var step = 0; step < 25; step++)
                {
                    var logits = new float[model.Info.VocabularySize];
                    for (var i = 0; i < logits.Length; i++)
                        logits[i] = (float)(random.NextDouble() * 10);
                    var expected = ChooseFromAll(model, logits, full);

                    var chosen = sampler.Choose(logits);

                    if (chosen != expected)
                        return false;
                    if (chosen == TokenSampler.None || model.Table.IsEnd(chosen))
                        return true;
                    sampler.Accept(chosen);
                    full.Accept(chosen);
                }
                return true;
            },
            iter: 20,
            threads: 1);
    }

    [Theory]
    [InlineData("root ::= \"abc", "does not parse")]
    [InlineData("other ::= \"abc\"", "does not parse")]
    [InlineData("root ::= missing", "does not parse")]
    [InlineData("root ::= root \"a\" | \"a\"", "does not parse")]
    [InlineData("  ", "empty")]
    [InlineData("root ::= \"a\0b\"", "zero character")]
    public async Task A_grammar_that_is_none_fails_the_request_with_the_reason(string grammar, string reason)
    {
        var model = await planner.LoadAsync();

        var error = await Assert.ThrowsAsync<ModelException>(() => model.GenerateAsync(
            new GenerationRequest { Agent = "a", Prompt = "x", Gbnf = grammar }, onText: null, TestContext.Current.CancellationToken));

        Assert.Contains(reason, error.Message);
        Assert.True(error.Message.Length > $"model 'planner': the GBNF grammar does not parse: ".Length);
    }

    [Fact]
    public async Task Brackets_deeper_than_the_parsers_stack_are_refused()
    {
        var model = await planner.LoadAsync();
        var grammar = "root ::= " + new string('(', 100_000) + "\"a\"" + new string(')', 100_000);

        var error = await Assert.ThrowsAsync<ModelException>(() => model.GenerateAsync(
            new GenerationRequest { Agent = "a", Prompt = "x", Gbnf = grammar }, onText: null, TestContext.Current.CancellationToken));

        Assert.Contains("nest deeper", error.Message);
    }

    [Fact]
    public async Task The_output_follows_the_grammar_and_ends_with_it()
    {
        var model = await planner.LoadAsync();

        var result = await model.GenerateAsync(
            new GenerationRequest { Agent = "a", Prompt = Models.PlannerPrompt, Gbnf = "root ::= \"[{\" [a-z]{3} \"}]\"" }, onText: null, TestContext.Current.CancellationToken);

        Assert.Matches(@"^\[\{[a-z]{3}\}\]$", result.Text);
        Assert.Equal(FinishReason.Stop, result.Finish);
        Assert.True(result.LeastProbability < 0.5, "a grammar that pushes shows in the least probability");
    }

    [Fact]
    public async Task A_grammar_that_the_model_follows_anyway_changes_nothing()
    {
        var model = await planner.LoadAsync();
        var request = new GenerationRequest { Agent = "a", Prompt = Models.PlannerPrompt };

        var free = await model.GenerateAsync(request, onText: null, TestContext.Current.CancellationToken);
        var bound = await model.GenerateAsync(request with { Gbnf = "root ::= [^\\x00]*" }, onText: null, TestContext.Current.CancellationToken);

        Assert.Equal(free.Text, bound.Text);
        Assert.Equal(free.MeanLogProbability, bound.MeanLogProbability, 1e-3);
    }

    [Fact]
    public async Task Sampling_under_a_grammar_follows_it_at_any_temperature()
    {
        var model = await planner.LoadAsync();
        for (uint seed = 1; seed <= 10; seed++)
        {
            var result = await model.GenerateAsync(
                new GenerationRequest
                {
                    Agent = "a", Prompt = Models.PlannerPrompt, Gbnf = "root ::= [0-9]{4}", Sampling = new EdgeMas.Core.Models.Sampling(Temperature: 2, TopK: 0, TopP: 1, Seed: seed),
                },
                onText: null,
                TestContext.Current.CancellationToken);

            Assert.Matches("^[0-9]{4}$", result.Text);
        }
    }

    /// <summary>What llama.cpp's own chain does: the whole vocabulary through the grammar, then the likeliest. Control tokens are no text and never fit.</summary>
    private static int ChooseFromAll(LlamaModel model, float[] logits, NativeGrammar grammar)
    {
        var candidates = logits.Select((logit, token) => new llama_token_data { id = token, logit = logit }).ToArray();
        grammar.Apply(candidates);
        return candidates.Where(candidate => !float.IsNegativeInfinity(candidate.logit) && (model.Table.IsEnd(candidate.id) || !model.Table.BytesOf(candidate.id).IsEmpty))
            .OrderByDescending(candidate => candidate.logit).ThenBy(candidate => candidate.id).Select(candidate => (int?)candidate.id).FirstOrDefault() ?? TokenSampler.None;
    }
}
