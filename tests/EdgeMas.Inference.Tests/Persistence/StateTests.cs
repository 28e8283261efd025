using System.Security.Cryptography;
using EdgeMas.Core.Models;
using EdgeMas.Inference.Persistence;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Inference.Tests.Persistence;

public sealed class StateTests : IDisposable
{
    private const string Head = "<|im_start|>system\nTools:\ndrive(distance_m)\nturn(angle_deg)\ngoto(place)\nlook_for(object)\ntake_photo()\nPlaces: dock, gate, kitchen<|im_end|>\n<|im_start|>user\n";
    private const string Tail = "<|im_end|>\n<|im_start|>assistant\n";

    private static readonly string[] Orders = ["turn left, then look for the red ball", "go forward ten meters", "drive to the kitchen", "take a picture"];

    private readonly TemporaryFolder _folder = new();
    private readonly ListLogger _log = new();

    private string File => _folder.File("planner.kv");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task After_a_restart_all_prompts_are_reused_and_the_answers_are_the_same()
    {
        List<GenerationResult> before;
        await using (var model = await LoadAsync())
            before = await AskAllAsync(model);

        await using var restarted = await LoadAsync();
        var after = await AskAllAsync(restarted);

        Assert.Equal(before.Select(result => result.PromptTokens - 1), after.Select(result => result.ReusedTokens));
        Assert.Equal(before.Select(result => result.Text), after.Select(result => result.Text));
        Assert.Null(restarted.AuditMemory());
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public async Task What_agents_share_is_in_the_file_once()
    {
        await using (var model = await LoadAsync())
            await AskAllAsync(model);

        var runs = Read();

        var whole = runs[0].Tokens.Length;
        Assert.Equal(Orders.Length, runs.Count);
        Assert.All(runs.Skip(1), run => Assert.InRange(run.From, 50, whole)); // what all orders begin with
        Assert.All(runs.Skip(1), run => Assert.InRange(run.Tokens.Length, 1, 45));
        Assert.All(runs, run => Assert.Equal(StateRun.PiecesOf(run.Tokens.Length), run.Pieces.Count));
    }

    [Fact]
    public async Task A_pause_is_enough_and_what_comes_after_the_file_is_computed_again()
    {
        var options = new LlamaOptions { StateFolder = _folder.Path, StatePause = TimeSpan.FromMilliseconds(1), StateEvery = TimeSpan.FromDays(1) };
        await using var model = await Models.LoadAsync(Models.Planner(), options);
        await AskAsync(model, Orders[0]);
        await WaitForFileAsync();
        await AskAsync(model, Orders[1]);

        // As after a power cut: the file is what the running model wrote in its pause.
        await using var other = await LoadAsync();
        var known = await AskAsync(other, Orders[0]);
        var unknown = await AskAsync(other, Orders[1]);

        Assert.Equal(known.PromptTokens - 1, known.ReusedTokens);
        Assert.InRange(unknown.ReusedTokens, 50, unknown.PromptTokens - 2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(5000)]
    public async Task A_damaged_file_is_refused_with_the_reason_and_replaced(int at)
    {
        await FillAsync();
        var bytes = await System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken);
        bytes[at] ^= 0x40;
        await System.IO.File.WriteAllBytesAsync(File, bytes, TestContext.Current.CancellationToken);

        await RequireRefusalAsync(at == 0 ? "no file of this version" : "checksum is wrong");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(30)]
    [InlineData(9000)]
    public async Task A_file_that_is_cut_off_is_refused_with_the_reason_and_replaced(int length)
    {
        await FillAsync();
        using (var file = new FileStream(File, FileMode.Open))
            file.SetLength(length);

        await RequireRefusalAsync(length < 11 ? "no file of this version" : "checksum is wrong");
    }

    [Fact]
    public async Task A_file_of_another_model_is_refused_with_both_names_and_replaced()
    {
        await FillAsync();
        new StateFile(File, StateFingerprint.Given("llama.cpp v0.5.0, model abc")).Write(Read());

        await RequireRefusalAsync("of another model: llama.cpp v0.5.0, model abc; this one is llama.cpp v0.5.0, model ");
    }

    [Fact]
    public void Files_that_look_as_they_did_are_not_read_wholly()
    {
        var card = CopyOfPlanner();
        new StateFile(File, StateFingerprint.Of(card, gpuLayers: 0)).Write([]);
        var again = StateFingerprint.Of(card, gpuLayers: 0);
        new StateFile(File, again).Read();
        System.IO.File.Delete(card.Path); // who reads it now fails

        Assert.Contains(Sha256Of(Models.Planner().Path), again.Whole);
    }

    [Fact]
    public void A_file_that_was_only_touched_is_the_same()
    {
        var card = CopyOfPlanner();
        new StateFile(File, StateFingerprint.Of(card, gpuLayers: 0)).Write([]);
        System.IO.File.SetLastWriteTimeUtc(card.Path, DateTime.UnixEpoch);

        Assert.Empty(new StateFile(File, StateFingerprint.Of(card, gpuLayers: 0)).Read());
    }

    [Fact]
    public void A_file_with_other_bytes_is_another_even_if_size_and_time_are_the_same()
    {
        var card = CopyOfPlanner();
        var time = System.IO.File.GetLastWriteTimeUtc(card.Path);
        new StateFile(File, StateFingerprint.Of(card, gpuLayers: 0)).Write([]);
        using (var file = new FileStream(card.Path, FileMode.Open))
        {
            file.Seek(-1, SeekOrigin.End);
            file.WriteByte(0x5a);
        }
        System.IO.File.SetLastWriteTimeUtc(card.Path, time);

        var refusal = Assert.Throws<InvalidDataException>(() => new StateFile(File, StateFingerprint.Of(card, gpuLayers: 0)).Read());
        Assert.Contains("of another model", refusal.Message);
    }

    [Fact]
    public void Nothing_is_kept_in_the_name_of_a_file_that_was_exchanged_while_the_model_ran()
    {
        var card = CopyOfPlanner();
        var fingerprint = StateFingerprint.Of(card, gpuLayers: 0);
        System.IO.File.SetLastWriteTimeUtc(card.Path, DateTime.UnixEpoch);

        Assert.Throws<IOException>(() => new StateFile(File, fingerprint).Write([]));
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task A_piece_that_is_not_the_memorys_is_refused_and_nothing_of_it_stays()
    {
        await FillAsync();
        var runs = Read();
        runs[0].Pieces[0] = new byte[runs[0].Pieces[0].Length / 2];
        State().Write(runs);

        await RequireRefusalAsync("does not take its cells 0 to ");
    }

    [Fact]
    public async Task A_smaller_memory_takes_what_was_used_last()
    {
        await FillAsync();
        await using var model = await Models.LoadAsync(Models.Planner(contextTokens: 256), new LlamaOptions { StateFolder = _folder.Path, KeptTokens = 0, KeptSequences = 1, Running = 1 });
        var last = await AskAsync(model, Orders[^1]);

        Assert.Equal(last.PromptTokens - 1, last.ReusedTokens);
        Assert.Null(model.AuditMemory());
    }

    [Fact]
    public async Task A_bounded_file_keeps_what_was_used_last()
    {
        const long Most = 700_000; // 6 layers × 4 heads × (64 + 64) × 2 bytes a token: about 110 tokens, fewer than were asked
        var options = new LlamaOptions { StateFolder = _folder.Path, StateBytes = Most };
        await using (var model = await Models.LoadAsync(Models.Planner(), options))
            await AskAllAsync(model);

        Assert.InRange(new FileInfo(File).Length, Most / 2, Most * 11 / 10);
        await using var restarted = await Models.LoadAsync(Models.Planner(), options);
        var (last, first) = (await AskAsync(restarted, Orders[^1]), await AskAsync(restarted, Orders[0]));
        Assert.Equal(last.PromptTokens - 1, last.ReusedTokens);
        Assert.True(first.ReusedTokens < first.PromptTokens - 2, $"{first.ReusedTokens} of {first.PromptTokens} tokens of what was used first are there");
        Assert.Null(restarted.AuditMemory());
    }

    private static string Sha256Of(string path) => Convert.ToHexStringLower(SHA256.HashData(System.IO.File.ReadAllBytes(path)));

    private ModelCard CopyOfPlanner()
    {
        var copy = _folder.File("copy.gguf");
        System.IO.File.Copy(Models.Planner().Path, copy);
        return Models.Planner() with { Path = copy };
    }

    private static string Prompt(string order) => Head + order + Tail;

    private static Task<GenerationResult> AskAsync(LlamaModel model, string order) =>
        model.GenerateAsync(new GenerationRequest { Agent = "planner", Prompt = Prompt(order), MaxTokens = 24 }, onText: null, TestContext.Current.CancellationToken);

    private static async Task<List<GenerationResult>> AskAllAsync(LlamaModel model)
    {
        var results = new List<GenerationResult>();
        foreach (var order in Orders)
            results.Add(await AskAsync(model, order));
        return results;
    }

    private Task<LlamaModel> LoadAsync() => Models.LoadAsync(Models.Planner(), new LlamaOptions { StateFolder = _folder.Path }, _log);

    private StateFile State() => new(File, StateFingerprint.Of(Models.Planner(), gpuLayers: 0));

    private List<StateRun> Read() => [.. State().Read()];

    private async Task FillAsync()
    {
        await using var model = await LoadAsync();
        await AskAllAsync(model);
    }

    private async Task RequireRefusalAsync(string reason)
    {
        await using (var model = await LoadAsync())
        {
            Assert.Contains(reason, Assert.Single(_log.Warnings));
            Assert.Equal(0, (await AskAsync(model, Orders[0])).ReusedTokens);
            Assert.Null(model.AuditMemory());
        }
        Assert.Single(Read());
    }

    private async Task WaitForFileAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (!System.IO.File.Exists(File))
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
    }

    private sealed class ListLogger : ILogger
    {
        internal List<string> Warnings { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var text = formatter(state, exception);
            if (IsEnabled(logLevel) && !text.StartsWith("llama.cpp: ", StringComparison.Ordinal))
                Warnings.Add(text);
        }
    }
}
