using EdgeMas.Core.Models;
using EdgeMas.Grammar.Constraints;
using EdgeMas.Grammar.Schemas;
using EdgeMas.Grammar.Vocabulary;
using EdgeMas.Inference;

namespace EdgeMas.Grammar.Tests.Constraints;

public sealed class RealModelTests(ITestOutputHelper output)
{
    private const string PlanSchema = """
        {"type":"array","minItems":1,"maxItems":6,"items":{"anyOf":[
          {"type":"object","properties":{"name":{"const":"turn"},"arguments":{"type":"object","properties":{"angle_deg":{"type":"number","minimum":-360,"maximum":360}},"required":["angle_deg"],"additionalProperties":false}},"required":["name","arguments"],"additionalProperties":false},
          {"type":"object","properties":{"name":{"const":"drive"},"arguments":{"type":"object","properties":{"distance_m":{"type":"number","minimum":-20,"maximum":20}},"required":["distance_m"],"additionalProperties":false}},"required":["name","arguments"],"additionalProperties":false},
          {"type":"object","properties":{"name":{"const":"goto"},"arguments":{"type":"object","properties":{"place":{"enum":["dock","gate","kitchen"]}},"required":["place"],"additionalProperties":false}},"required":["name","arguments"],"additionalProperties":false},
          {"type":"object","properties":{"name":{"const":"look_for"},"arguments":{"type":"object","properties":{"object":{"type":"string","minLength":1,"maxLength":40}},"required":["object"],"additionalProperties":false}},"required":["name","arguments"],"additionalProperties":false},
          {"type":"object","properties":{"name":{"const":"take_photo"},"arguments":{"type":"object","additionalProperties":false}},"required":["name","arguments"],"additionalProperties":false}]}}
        """;

    private const string Tools = "Tools:\ndrive(distance_m)\nturn(angle_deg)\ngoto(place)\nlook_for(object)\ntake_photo()\nPlaces: dock, gate, kitchen";

    private static readonly string[] Orders = ["turn left, then look for the red ball and take a picture of it", "go to the kitchen", "drive two meters forward and turn right", "look for a cat"];

    [Fact]
    public async Task Forced_runs_do_not_change_what_the_planner_writes()
    {
        await using var model = await RealModels.LoadPlannerAsync();
        await CompareAsync(model, order => $"<|im_start|>system\n{Tools}<|im_end|>\n<|im_start|>user\n{order}<|im_end|>\n<|im_start|>assistant\n");
    }

    [Fact]
    public async Task Forced_runs_do_not_change_what_Gemma_writes()
    {
        await using var model = await RealModels.LoadGemmaAsync();
        await CompareAsync(model, order => $"<bos><start_of_turn>system\n{Tools}<end_of_turn>\n<start_of_turn>user\n{order}<end_of_turn>\n<start_of_turn>model\n");
    }

    private async Task CompareAsync(LlamaModel model, Func<string, string> prompt)
    {
        var vocabulary = new TokenVocabulary(model);
        var grammar = CompiledGrammar.FromSchema(PlanSchema, new SchemaOptions { Order = PropertyOrder.Declared });
        foreach (var order in Orders)
        {
            var (free, _) = await WriteAsync(model, prompt(order), new UnforcedConstraint(new GrammarConstraint(grammar, vocabulary), forces: false));
            var (forced, counts) = await WriteAsync(model, prompt(order), new UnforcedConstraint(new GrammarConstraint(grammar, vocabulary), forces: true));

            output.WriteLine($"{counts.Forced} forced, {counts.Sampled} sampled: {forced}");
            Assert.Equal(free, forced);
            Assert.True(grammar.Accepts(forced));
            Assert.True(counts.Forced > 0);
        }
    }

    private static async Task<(string Text, UnforcedConstraint Counts)> WriteAsync(LlamaModel model, string prompt, UnforcedConstraint constraint)
    {
        var result = await model.GenerateAsync(new GenerationRequest { Agent = "test", Prompt = prompt, Constraint = constraint, MaxTokens = 160 }, onText: null, TestContext.Current.CancellationToken);
        return (result.Text, constraint);
    }
}
