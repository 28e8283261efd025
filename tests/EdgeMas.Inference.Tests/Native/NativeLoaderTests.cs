using EdgeMas.Core.Models;
using EdgeMas.Inference.Native;

namespace EdgeMas.Inference.Tests.Native;

public sealed class NativeLoaderTests
{
    [Fact]
    public void A_missing_folder_is_named_with_the_mend()
    {
        var error = Assert.Throws<ModelException>(() => NativeLoader.Load("/nowhere/llama", "m.gguf"));

        Assert.Contains("/nowhere/llama", error.Message);
        Assert.Contains("./scripts/setup.sh", error.Message);
        Assert.Equal("m.gguf", error.Model);
    }

    [Fact]
    public void An_incomplete_folder_says_what_it_lacks()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("libggml-base.so"), "");

        var error = Assert.Throws<ModelException>(() => NativeLoader.Load(folder.Path, "m.gguf"));

        Assert.Contains("lacks libggml.v0.5.0.so, libllama.v0.5.0.so, libggml-cpu-*.so", error.Message);
        Assert.DoesNotContain("libggml-base.so,", error.Message);
    }

    [Fact]
    public void A_second_folder_in_one_process_is_refused()
    {
        Models.LoadLibraries();
        using var folder = new TemporaryFolder();
        foreach (var file in new[] { "libggml-base.so", "libggml.v0.5.0.so", "libllama.v0.5.0.so", "libggml-cpu-x64.so" })
            File.WriteAllText(folder.File(file), "");

        var error = Assert.Throws<ModelException>(() => NativeLoader.Load(folder.Path, "m.gguf"));

        Assert.Contains("already loaded from", error.Message);
    }
}
