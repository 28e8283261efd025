using System.Diagnostics;
using EdgeMas.Inference.Files;
using EdgeMas.Inference.Synthesis;
using EdgeMas.Testing;

namespace EdgeMas.Inference.Tests.Synthesis;

/// <summary>What llama.cpp's own programs make of the files.</summary>
public sealed class PeerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Formats => [.. WeightFormat.All.Select(format => format.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Q4_0")]
    [InlineData("Q8_0")]
    public async Task Llama_quantize_makes_the_same_tensors_of_the_same_weights(string format)
    {
        var quantized = _folder.File("quantized.gguf");
        await RunAsync("llama-quantize", await WriteAsync("F16"), quantized, format, "1");

        var expected = GgufFile.Read(quantized).Tensors.ToDictionary(tensor => tensor.Name);
        var path = await WriteAsync(format);
        var actual = GgufFile.Read(path).Tensors;

        Assert.Equal(expected.Keys.Order(), actual.Select(tensor => tensor.Name).Order());
        Assert.All(actual, tensor =>
        {
            Assert.Equal(expected[tensor.Name].Type, tensor.Type);
            Assert.Equal(DataOf(quantized, expected[tensor.Name]), DataOf(path, tensor));
        });
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Llama_bench_runs_it(string format) =>
        Assert.Contains("\"n_gen\": 4", await RunAsync("llama-bench", "-m", await WriteAsync(format), "-p", "16", "-n", "4", "-r", "1", "-t", "1", "-o", "json"));

    private static byte[] DataOf(string path, GgufTensor tensor)
    {
        var bytes = new byte[tensor.Bytes];
        using var file = File.OpenRead(path);
        file.Position = tensor.Offset;
        file.ReadExactly(bytes);
        return bytes;
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(SharedFiles.Require($"peers/llama.cpp-v0.5.0/{program}"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            limit.CancelAfter(TimeSpan.FromMinutes(2));
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await errors}");
            return output;
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private async Task<string> WriteAsync(string format)
    {
        var path = _folder.File($"{format}.gguf");
        await SyntheticModel.WriteAsync(
            path,
            ModelShape.All.Single(shape => shape.Name == "tiny"),
            WeightFormat.All.Single(known => known.Name == format),
            vocabulary: null,
            seed: 1,
            progress: null,
            TestContext.Current.CancellationToken);
        return path;
    }
}
