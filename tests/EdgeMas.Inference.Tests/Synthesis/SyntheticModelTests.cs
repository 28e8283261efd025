using EdgeMas.Core.Models;
using EdgeMas.Inference.Files;
using EdgeMas.Inference.Synthesis;

namespace EdgeMas.Inference.Tests.Synthesis;

public sealed class SyntheticModelTests : IDisposable
{
    private static readonly ModelShape Tiny = ModelShape.All.Single(shape => shape.Name == "tiny");

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Formats => [.. WeightFormat.All.Select(format => format.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task The_engine_loads_it_and_takes_turns_texts_and_bytes(string format)
    {
        var path = await WriteAsync("model.gguf", format);
        await using var model = await Models.LoadAsync(CardOf(path));

        var result = await model.GenerateAsync(
            new GenerationRequest { Agent = "test", Turns = [new ChatTurn("user", "Where is the red ball? 42 Ärger 球")], MaxTokens = 16 }, null, TestContext.Current.CancellationToken);

        Assert.Equal(Tiny.Tokens, model.Info.VocabularySize);
        Assert.Equal("qwen2", model.Info.Architecture);
        Assert.True(result.Finish == FinishReason.Stop || result.GeneratedTokens == 16);
        Assert.Equal("Where is the red ball? 42 Ärger 球", model.Detokenize(model.Tokenize("Where is the red ball? 42 Ärger 球", special: false)));
        Assert.Single(model.Tokenize("<|im_start|>", special: true));
    }

    [Fact]
    public async Task What_comes_first_in_the_prompt_decides_what_comes_out_last()
    {
        // Random weights make near-ties, which a batch of another shape would decide otherwise.
        await using var model = await Models.LoadAsync(CardOf(await WriteAsync("model.gguf", "Q4_0")), new LlamaOptions { Independent = true });
        var rest = string.Concat(Enumerable.Repeat(" the robot waits at the gate", 8));

        var one = await AskAsync(model, "one" + rest);
        var other = await AskAsync(model, "other" + rest);

        Assert.NotEqual(one, other);
        Assert.Equal(one, await AskAsync(model, "one" + rest));
    }

    [Fact]
    public async Task The_same_seed_makes_the_same_file_and_another_seed_another()
    {
        var one = await File.ReadAllBytesAsync(await WriteAsync("1.gguf", "Q4_0"), TestContext.Current.CancellationToken);
        var same = await File.ReadAllBytesAsync(await WriteAsync("2.gguf", "Q4_0"), TestContext.Current.CancellationToken);
        var other = await File.ReadAllBytesAsync(await WriteAsync("3.gguf", "Q4_0", seed: 2), TestContext.Current.CancellationToken);

        Assert.Equal(one, same);
        Assert.NotEqual(one, other);
        Assert.Equal(one.Length, other.Length);
    }

    [Fact]
    public async Task It_takes_another_models_vocabulary_as_it_is()
    {
        var path = Path.Combine(_folder.Path, "model.gguf");
        await SyntheticModel.WriteAsync(path, Tiny, FormatOf("Q8_0"), Models.PlannerFile, seed: 1, progress: null, TestContext.Current.CancellationToken);
        await using var model = await Models.LoadAsync(CardOf(path));
        await using var planner = await Models.LoadAsync(Models.Planner());

        Assert.Equal(planner.Info.VocabularySize, model.Info.VocabularySize);
        Assert.Equal(planner.Tokenize(Models.PlannerPrompt, special: true), model.Tokenize(Models.PlannerPrompt, special: true));
        Assert.NotEmpty((await model.GenerateAsync(
            new GenerationRequest { Agent = "test", Turns = [new ChatTurn("user", "hello")], MaxTokens = 4 }, null, TestContext.Current.CancellationToken)).Text);
    }

    [Fact]
    public async Task The_file_is_as_long_as_its_head_says_and_progress_ends_with_it()
    {
        long done = 0, total = 0;
        var path = Path.Combine(_folder.Path, "model.gguf");
        await SyntheticModel.WriteAsync(path, Tiny, FormatOf("F16"), vocabulary: null, seed: 1, (at, of) => (done, total) = (at, of), TestContext.Current.CancellationToken);

        var file = GgufFile.Read(path);
        Assert.Equal(file.Bytes, total);
        Assert.Equal(total, done);
        Assert.InRange(file.Bytes - file.NeededBytes, 0, 31);
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task A_cancelled_write_leaves_nothing_and_the_old_file_as_it_was()
    {
        var path = Path.Combine(_folder.Path, "model.gguf");
        await File.WriteAllTextAsync(path, "old", TestContext.Current.CancellationToken);
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => SyntheticModel.WriteAsync(path, Tiny, FormatOf("F16"), vocabulary: null, seed: 1, (_, _) => stop.Cancel(), stop.Token));

        Assert.Equal([path], Directory.GetFiles(_folder.Path));
        Assert.Equal("old", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_and_a_vocabulary_that_is_none_are_named()
    {
        var nowhere = await Assert.ThrowsAsync<ModelException>(() => WriteAsync("nowhere/model.gguf", "F16"));
        Assert.Contains("there is no folder", nowhere.Message);

        var none = _folder.File("none.gguf");
        await File.WriteAllTextAsync(none, "no model", TestContext.Current.CancellationToken);
        var refused = await Assert.ThrowsAsync<ModelException>(
            () => SyntheticModel.WriteAsync(_folder.File("model.gguf"), Tiny, FormatOf("F16"), none, seed: 1, progress: null, TestContext.Current.CancellationToken));
        Assert.Contains("no GGUF file", refused.Message);
    }

    [Fact]
    public async Task A_full_disk_is_told_and_leaves_nothing()
    {
        // /dev/full takes the role of the disk: every write to it fails as on a full one.
        File.CreateSymbolicLink(_folder.File("model.gguf.part"), "/dev/full");

        var error = await Assert.ThrowsAsync<ModelException>(() => WriteAsync("model.gguf", "F16"));

        Assert.Contains("No space left", error.Message);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task A_shape_that_no_disk_holds_is_refused_before_anything_is_written()
    {
        var huge = Tiny with { Width = 1 << 20, FeedForward = 1 << 22 };

        var error = await Assert.ThrowsAsync<ModelException>(
            () => SyntheticModel.WriteAsync(_folder.File("model.gguf"), huge, FormatOf("F16"), vocabulary: null, seed: 1, progress: null, TestContext.Current.CancellationToken));

        Assert.Contains("MB are free", error.Message);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    private static WeightFormat FormatOf(string name) => WeightFormat.All.Single(format => format.Name == name);

    private static ModelCard CardOf(string path) => new("synthetic", path, AdapterPath: null, PromptStyle.Chat, "none", 1024);

    private static async Task<string> AskAsync(LlamaModel model, string prompt) =>
        (await model.GenerateAsync(new GenerationRequest { Agent = "test", Prompt = prompt, MaxTokens = 12 }, null, TestContext.Current.CancellationToken)).Text;

    private async Task<string> WriteAsync(string name, string format, uint seed = 1)
    {
        var path = Path.Combine(_folder.Path, name);
        await SyntheticModel.WriteAsync(path, Tiny, FormatOf(format), vocabulary: null, seed, progress: null, TestContext.Current.CancellationToken);
        return path;
    }
}
