using System.Diagnostics;
using EdgeMas.Core.Assets;
using EdgeMas.Inference.Native;

namespace EdgeMas.Inference.Tests.Native;

/// <summary>The backend that scripts/build-llama.sh builds.</summary>
public sealed class AttentionTests
{
    [Fact]
    public async Task Attention_of_many_rows_is_that_of_the_formula()
    {
        var folder = AssetLocator.FindNative(NativeLoader.BuiltFolder);
        var check = folder is null ? null : Path.Combine(folder, "work", "bin", "attention-check");
        Assert.SkipUnless(File.Exists(check), "the backend is not built here: ./scripts/setup.sh --llama");
        var backend = Assert.Single(Directory.GetFiles(folder!, "libggml-cpu-*.so"));

        using var process = Process.Start(new ProcessStartInfo(check, [backend, "120", "20261126"]) { RedirectStandardOutput = true })!;
        var told = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, told);
    }

    [Fact]
    public void The_backend_that_was_built_here_is_the_one_that_computes()
    {
        var folder = AssetLocator.FindNative(NativeLoader.BuiltFolder);
        Assert.SkipWhen(folder is null || Directory.GetFiles(folder, "libggml-cpu-*.so").Length == 0, "the backend is not built here: ./scripts/setup.sh --llama");
        Models.LoadLibraries();

        Assert.Equal(folder, Path.GetDirectoryName(NativeLoader.CpuBackend));
        Assert.Null(NativeLoader.BuiltRefused);
    }
}
