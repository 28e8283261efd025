using EdgeMas.Inference.Files;
using EdgeMas.Inference.Native;
using EdgeMas.Inference.Tokens;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Inference.Tests.Native;

/// <summary>Weights and vocabulary read side by side are what they are when read together.</summary>
public sealed class SeparateVocabularyTests
{
    [Fact]
    public void Vocabulary_and_facts_are_those_of_the_model_read_whole()
    {
        Models.LoadLibraries();
        var card = Models.Planner();
        var separate = SeparateVocabulary.Of(GgufFile.Read(card.Path));
        Assert.NotNull(separate);
        using var whole = NativeModel.Load(card, gpuLayers: 0, NullLogger.Instance, progress: null, TestContext.Current.CancellationToken);

        using var model = NativeModel.Load(card, gpuLayers: 0, NullLogger.Instance, progress: null, TestContext.Current.CancellationToken, separate);

        Assert.Equal(whole.Vocabulary.Count, model.Vocabulary.Count);
        Assert.Equal(whole.Vocabulary.BeginToken, model.Vocabulary.BeginToken);
        Assert.Equal(whole.Vocabulary.AddsBegin, model.Vocabulary.AddsBegin);
        Assert.Equal((whole.Parameters, whole.Bytes, whole.Description, whole.ChatTemplate), (model.Parameters, model.Bytes, model.Description, model.ChatTemplate));
        const string Text = "drive 3.5 m to the gate, <s> then wait";
        Assert.Equal(whole.Vocabulary.Tokenize(Text, parseControl: true), model.Vocabulary.Tokenize(Text, parseControl: true));
        var (expected, actual) = (TokenTable.Read(whole.Vocabulary), TokenTable.Read(model.Vocabulary));
        Assert.Equal(expected.EndTokens, actual.EndTokens);
        Assert.All(Enumerable.Range(0, expected.Count), token => Assert.True(expected.BytesOf(token).SequenceEqual(actual.BytesOf(token))));
    }

    [Theory]
    [InlineData("gpt2", null, true)]
    [InlineData("llama", null, true)]
    [InlineData("bert", null, false)]
    [InlineData("t5", null, false)]
    [InlineData("gpt2", "tekken", false)]
    public void It_is_read_by_itself_where_the_weights_do_not_ask_it(string kind, string? pre, bool separate)
    {
        var scalars = new Dictionary<string, string> { ["general.architecture"] = "qwen2", ["tokenizer.ggml.model"] = kind };
        if (pre is not null)
            scalars["tokenizer.ggml.pre"] = pre;
        var file = new GgufFile(0, 0, 0, scalars, new Dictionary<string, int> { ["tokenizer.ggml.tokens"] = 7 }, new Dictionary<string, (long, long)>(), []);

        Assert.Equal(separate ? new SeparateVocabulary("qwen2", 7) : null, SeparateVocabulary.Of(file));
    }
}
