using System.Text;
using CsCheck;
using EdgeMas.Core.Models;
using EdgeMas.Inference.Loading;
using EdgeMas.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Inference.Tests.Loading;

public sealed class LoadingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_missing_file_is_named()
    {
        var error = await FailToLoadAsync(Models.Planner() with { Path = "/nowhere/m.gguf" });

        Assert.Contains("no such file", error.Message);
        Assert.Equal("/nowhere/m.gguf", error.Model);
    }

    [Theory]
    [InlineData("")]
    [InlineData("GG")]
    [InlineData("PK this is a zip archive")]
    public async Task A_file_that_is_no_GGUF_is_refused(string text)
    {
        var path = _folder.File("other.gguf");
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);

        Assert.Contains("no GGUF file", (await FailToLoadAsync(Models.Planner() with { Path = path })).Message);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused_before_llama_cpp_maps_it()
    {
        var whole = File.ReadAllBytes(Models.PlannerFile);
        var path = _folder.File("cut.gguf");

        Gen.Int[4, whole.Length - 1].Sample(
            length =>
            {
                File.WriteAllBytes(path, whole.AsSpan(0, length));
                return Assert.Throws<ModelException>(() => ModelChecks.RequireWhole(path)).Message.Contains("cut off", StringComparison.Ordinal);
            },
            iter: 30,
            threads: 1);
    }

    [Fact]
    public async Task A_cut_off_model_says_how_many_bytes_it_needs()
    {
        var path = _folder.File("cut.gguf");
        await File.WriteAllBytesAsync(path, File.ReadAllBytes(Models.PlannerFile)[..1_000_000], TestContext.Current.CancellationToken);

        var error = await FailToLoadAsync(Models.Planner() with { Path = path });

        Assert.Contains("it has 1,000,000 bytes and its tensors need 6,385,", error.Message);
    }

    [Fact]
    public async Task An_unknown_architecture_is_named_in_llama_cpps_words()
    {
        var path = _folder.File("strange.gguf");
        var bytes = File.ReadAllBytes(Models.PlannerFile);
        "qwenX"u8.CopyTo(bytes.AsSpan(bytes.AsSpan().IndexOf("qwen2"u8)));
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);

        Assert.Contains("unknown model architecture: 'qwenX'", (await FailToLoadAsync(Models.Planner() with { Path = path })).Message);
    }

    [Fact]
    public async Task A_model_larger_than_the_memory_is_refused_with_the_numbers()
    {
        var error = await FailToLoadAsync(Models.Planner(), new LlamaOptions { AvailableMemory = 20_000_000 });

        Assert.Contains("weights 6 MB, memory of 2,048 tokens 13 MB", error.Message); // 2,048 × 6 layers × 4 heads × (64 + 64) × 2 bytes
        Assert.Contains("20 MB are free", error.Message);
        Assert.Contains("smaller context", error.Message);
    }

    [Fact]
    public async Task An_adapter_of_another_model_is_refused()
    {
        var adapter = Models.Gemma().AdapterPath;

        var error = await FailToLoadAsync(Models.Planner() with { AdapterPath = adapter });

        Assert.Equal(adapter, error.Model);
        Assert.Contains("does not fit the model", error.Message);
        Assert.Contains("arch mismatch", error.Message);
    }

    [Fact]
    public async Task An_adapter_in_the_models_place_is_refused() =>
        Assert.Contains("it is of type 'adapter'", (await FailToLoadAsync(Models.Planner() with { Path = Models.Gemma().AdapterPath! })).Message);

    [Fact]
    public async Task Missing_libraries_are_reported_with_the_mend() =>
        Assert.Contains("./scripts/setup.sh", (await FailToLoadAsync(Models.Planner(), new LlamaOptions { NativeDirectory = _folder.Path })).Message);

    [Fact]
    public async Task Loading_reports_its_progress_up_to_the_end()
    {
        SharedFiles.RequireNative(EdgeMas.Inference.Native.NativeLoader.PackageFolder);
        var progress = new Steps();

        await using var model = await LlamaModel.LoadAsync(Models.Planner(), new LlamaOptions(), NullLogger.Instance, progress, TestContext.Current.CancellationToken);

        Assert.Equal(progress.Seen.Order(), progress.Seen);
        Assert.Equal(1, progress.Seen[^1]);
    }

    [Fact]
    public async Task Loading_can_be_cancelled_in_the_middle()
    {
        SharedFiles.RequireNative(EdgeMas.Inference.Native.NativeLoader.PackageFolder);
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LlamaModel.LoadAsync(
            Models.Planner(), new LlamaOptions(), NullLogger.Instance, new Steps(cancellation.Cancel), cancellation.Token));
    }

    [Fact]
    public async Task A_loaded_model_tells_what_it_is()
    {
        await using var model = await Models.LoadAsync(Models.Planner(contextTokens: 100_000));

        Assert.Equal("qwen2", model.Info.Architecture);
        Assert.Equal(1024, model.Info.ContextTokens); // no more than it was trained with
        Assert.InRange(model.Info.Parameters, 5_800_000, 5_950_000);
        Assert.Contains("Q8_0", model.Info.Description);
    }

    [Fact]
    public void The_free_memory_is_the_kernels_figure()
    {
        var path = _folder.File("meminfo");
        File.WriteAllText(path, "MemTotal:       24000000 kB\nMemFree:          500000 kB\nMemAvailable:   20000000 kB\n");

        Assert.Equal(20_480_000_000, FreeMemory.AvailableIn(path));
        Assert.Equal(long.MaxValue, FreeMemory.AvailableIn("/nowhere"));
    }

    [Fact]
    public void A_control_group_limits_the_free_memory()
    {
        File.WriteAllText(_folder.File("memory.max"), "1000000\n");
        File.WriteAllText(_folder.File("memory.current"), "800000\n");
        File.WriteAllText(_folder.File("memory.stat"), "anon 500000\ninactive_file 100000\n");

        Assert.Equal(300_000, FreeMemory.LeftIn(_folder.Path));
        File.WriteAllText(_folder.File("memory.max"), "max\n");
        Assert.Equal(long.MaxValue, FreeMemory.LeftIn(_folder.Path));
    }

    [Fact]
    public void Siblings_on_one_core_count_once()
    {
        foreach (var (cpu, siblings) in new[] { (0, "0,2"), (1, "1,3"), (2, "0,2"), (3, "1,3") })
        {
            var topology = Directory.CreateDirectory(_folder.File($"cpu{cpu}/topology"));
            File.WriteAllText(Path.Combine(topology.FullName, "thread_siblings_list"), siblings + "\n", Encoding.ASCII);
        }

        Assert.Equal(2, ComputeThreads.CoresIn(_folder.Path, most: 8));
        Assert.Equal(1, ComputeThreads.CoresIn(_folder.Path, most: 1));
        Assert.Equal(8, ComputeThreads.CoresIn("/nowhere", most: 8));
    }

    private static async Task<ModelException> FailToLoadAsync(ModelCard card, LlamaOptions? options = null) =>
        await Assert.ThrowsAsync<ModelException>(() => options?.NativeDirectory is null
            ? Models.LoadAsync(card, options)
            : LlamaModel.LoadAsync(card, options, NullLogger.Instance, progress: null, TestContext.Current.CancellationToken));

    /// <summary>Unlike <see cref="Progress{T}"/>, in order and at once.</summary>
    private sealed class Steps(Action? onFirst = null) : IProgress<double>
    {
        internal List<double> Seen { get; } = [];

        public void Report(double value)
        {
            Seen.Add(value);
            if (Seen.Count == 1)
                onFirst?.Invoke();
        }
    }
}
