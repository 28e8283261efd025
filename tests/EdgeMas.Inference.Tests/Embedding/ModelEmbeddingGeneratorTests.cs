using EdgeMas.Core.Models;
using EdgeMas.Inference.Embedding;
using Microsoft.Extensions.AI;

namespace EdgeMas.Inference.Tests.Embedding;

public sealed class ModelEmbeddingGeneratorTests(PlannerModel planner) : IClassFixture<PlannerModel>
{
    [Fact]
    public async Task Each_text_gets_the_models_vector_in_its_place_and_all_tokens_are_counted()
    {
        var model = await planner.LoadAsync();
        using var generator = new ModelEmbeddingGenerator(model, model.Info.Name);
        var left = await model.EmbedAsync("turn left", TestContext.Current.CancellationToken);
        var dock = await model.EmbedAsync("go to the dock", TestContext.Current.CancellationToken);

        var all = await generator.GenerateAsync(["turn left", "go to the dock"], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([left.Vector, dock.Vector], all.Select(each => each.Vector.ToArray()));
        Assert.Equal(left.Tokens + dock.Tokens, all.Usage?.InputTokenCount);
        Assert.Equal(model.EmbeddingLength, generator.GetService<EmbeddingGeneratorMetadata>()?.DefaultModelDimensions);
        Assert.Same(model, generator.GetService<ITextEmbedder>());
    }

    [Theory]
    [InlineData("another", null)]
    [InlineData(null, 3)]
    public async Task Another_model_or_other_dimensions_are_refused(string? name, int? dimensions)
    {
        var model = await planner.LoadAsync();
        using var generator = new ModelEmbeddingGenerator(model, model.Info.Name);
        var options = new EmbeddingGenerationOptions { ModelId = name, Dimensions = dimensions };

        var refused = await Assert.ThrowsAsync<ModelException>(() => generator.GenerateAsync(["turn left"], options, TestContext.Current.CancellationToken));

        Assert.Contains("leave", refused.Message, StringComparison.Ordinal);
    }
}
