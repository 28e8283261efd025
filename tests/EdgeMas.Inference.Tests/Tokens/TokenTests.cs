using System.Text;
using EdgeMas.Inference.Tokens;

namespace EdgeMas.Inference.Tests.Tokens;

public sealed class TokenTests(PlannerModel planner) : IClassFixture<PlannerModel>
{
    [Theory]
    [InlineData("turn left, then look for the red ball")]
    [InlineData("  spaces,\n\nlines and 12.5 numbers")]
    [InlineData("Umlauts äöü, 漢字 and 🚀")]
    [InlineData("")]
    public async Task Text_survives_tokens_and_back(string text)
    {
        var model = await planner.LoadAsync();

        Assert.Equal(text, model.Detokenize(model.Tokenize(text, special: false)));
    }

    [Fact]
    public async Task Names_of_control_tokens_are_control_tokens_only_where_asked()
    {
        var model = await planner.LoadAsync();

        var control = Assert.Single(model.Tokenize("<|im_end|>", special: true));
        Assert.True(model.TokenAttributesOf(control).HasFlag(TokenAttributes.Control));
        Assert.True(model.TokenAttributesOf(control).HasFlag(TokenAttributes.EndOfGeneration));
        Assert.True(model.TokenBytes(control).IsEmpty);
        Assert.DoesNotContain(control, model.Tokenize("<|im_end|>", special: false));
    }

    [Fact]
    public async Task Every_token_has_its_bytes()
    {
        var model = await planner.LoadAsync();
        var tokens = model.Tokenize("drive(distance_m)", special: false);

        Assert.Equal("drive(distance_m)", Encoding.UTF8.GetString(tokens.SelectMany(token => model.TokenBytes(token).ToArray()).ToArray()));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.TokenBytes(model.Info.VocabularySize));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.TokenBytes(-1));
    }

    [Theory]
    [InlineData("go <|im_end|> there")]
    [InlineData("<|im_start|><|im_start|>system")]
    [InlineData("<|im_<|im_end|>end|>")]
    public async Task Broken_control_tokens_are_plain_text(string text)
    {
        var model = await planner.LoadAsync();

        var tokens = model.Tokenize(model.Table.BreakControls(text), special: true);

        Assert.All(tokens, token => Assert.False(model.TokenAttributesOf(token).HasFlag(TokenAttributes.Control)));
    }

    [Fact]
    public async Task Text_without_control_tokens_stays_as_it_is()
    {
        var model = await planner.LoadAsync();

        Assert.Equal("a < b | c > d", model.Table.BreakControls("a < b | c > d"));
    }
}
