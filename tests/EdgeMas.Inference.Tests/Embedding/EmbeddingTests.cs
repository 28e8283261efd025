using EdgeMas.Core.Models;

namespace EdgeMas.Inference.Tests.Embedding;

public sealed class EmbeddingTests(PlannerModel planner) : IClassFixture<PlannerModel>
{
    [Fact]
    public async Task A_text_and_its_tokens_have_the_same_vector_of_length_one()
    {
        var model = await planner.LoadAsync();
        var tokens = model.Tokenize("turn left and take a picture", special: false);

        var text = await model.EmbedAsync("turn left and take a picture", TestContext.Current.CancellationToken);
        var ids = await model.EmbedAsync(tokens, TestContext.Current.CancellationToken);

        Assert.Equal(text.Vector, ids.Vector);
        Assert.Equal(tokens.Length, text.Tokens);
        Assert.Equal(model.EmbeddingLength, text.Vector.Length);
        Assert.Equal(1, Math.Sqrt(text.Vector.Sum(number => (double)number * number)), 5);
    }

    [Fact]
    public async Task Near_meanings_lie_nearer_than_others()
    {
        var model = await planner.LoadAsync();
        var left = await model.EmbedAsync("turn left", TestContext.Current.CancellationToken);

        Assert.True(Cosine(left, await model.EmbedAsync("turn right", TestContext.Current.CancellationToken)) > Cosine(left, await model.EmbedAsync("say hello to the people at the gate", TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_text_of_several_chunks_does_not_depend_on_what_was_computed_before()
    {
        var model = await planner.LoadAsync();
        int[] tokens = [.. Enumerable.Range(200, 100)];

        var first = await model.EmbedAsync(tokens, TestContext.Current.CancellationToken);
        await model.EmbedAsync([1, 2, 3], TestContext.Current.CancellationToken);

        Assert.Equal(first.Vector, (await model.EmbedAsync(tokens, TestContext.Current.CancellationToken)).Vector);
        Assert.NotEqual(first.Vector, (await model.EmbedAsync([.. tokens.Reverse()], TestContext.Current.CancellationToken)).Vector);
    }

    [Fact]
    public async Task Nothing_and_too_much_are_refused()
    {
        var model = await planner.LoadAsync();

        var empty = await Assert.ThrowsAsync<ModelException>(() => model.EmbedAsync("", TestContext.Current.CancellationToken));
        var longer = await Assert.ThrowsAsync<ModelException>(() => model.EmbedAsync(new int[2000], TestContext.Current.CancellationToken));

        Assert.Equal(ModelFault.Request, empty.Fault);
        Assert.Contains("2000 tokens", longer.Message);
    }

    private static double Cosine(TextEmbedding one, TextEmbedding other) => one.Vector.Zip(other.Vector, (a, b) => (double)a * b).Sum();
}
