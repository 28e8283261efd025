using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EdgeMas.Host.Bench;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Serving;
using EdgeMas.Host.Session;
using EdgeMas.Host.Tests.Serving;
using EdgeMas.Inference.Synthesis;
using EdgeMas.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Host.Tests.Bench;

/// <summary>llama-server and EdgeMas on the same file, asked the same.</summary>
public sealed class PeerServerTests(PlannerServer planner) : IClassFixture<PlannerServer>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edgemas-peer-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_synthetic_model_gives_both_the_same_output()
    {
        var peer = SharedFiles.Require("peers/llama.cpp-v0.5.0");
        var path = Path.Combine(_folder, "tiny.gguf");
        await SyntheticModel.WriteAsync(path, ModelShape.All.Single(shape => shape.Name == "tiny"), WeightFormat.All.Single(format => format.Name == "F16"), null, 1, null, Token);
        await using var theirs = await BenchServer.StartPeerAsync(peer, path, ["-np", "1", "-c", "1024", "-fa", "off"], threads: 1, Token);
        var (model, _) = await ModelLoading.LoadAsync(new ModelConfiguration(path, null, 1, 0, 1024), NullLogger.Instance, Token);
        await using var held = model;
        await using var server = await InferenceServer.StartAsync(new ServingOptions(), NullLogger.Instance, Token);
        server.Serve(model, constraints: null);
        using var ours = new HttpClient { BaseAddress = server.Url };
        int[] prompt = [400, 401, 900, 77 + 256, 1200, 1500, 600];

        var expected = await CompletionProbe.AskAsync(theirs.Http, prompt, 4, "test", "interactive", Token);
        var actual = await CompletionProbe.AskAsync(ours, prompt, 4, "test", "interactive", Token);

        Assert.Equal(expected.Text, actual.Text);
        Assert.Equal(4, actual.Tokens);
    }

    [Fact]
    public async Task The_planner_writes_the_same_plan_and_means_the_same_on_both()
    {
        var peer = SharedFiles.Require("peers/llama.cpp-v0.5.0");
        var file = Core.Assets.AssetLocator.FindModel("planner.gguf")!;
        await using var theirs = await BenchServer.StartPeerAsync(peer, file, ["-np", "1", "-c", "512"], threads: 1, Token);
        await using var embedding = await BenchServer.StartPeerAsync(peer, file, ["--embeddings", "--pooling", "mean", "-np", "1", "-c", "512"], threads: 1, Token);
        using var ours = new HttpClient { BaseAddress = await planner.StartAsync() };
        object order = new { prompt = "<|im_start|>system\nTools:\nturn(angle_deg)\ntake_photo()<|im_end|>\n<|im_start|>user\nturn left and take a picture<|im_end|>\n<|im_start|>assistant\n", temperature = 0, max_tokens = 60 };

        var expected = await PostAsync(theirs.Http, "v1/completions", order);
        var actual = await PostAsync(ours, "v1/completions", order);
        var near = Vector(await PostAsync(embedding.Http, "v1/embeddings", new { input = "turn left" })).Zip(Vector(await PostAsync(ours, "v1/embeddings", new { input = "turn left" })), (a, b) => a * b).Sum();

        Assert.Equal((string?)expected["choices"]![0]!["text"], (string?)actual["choices"]![0]!["text"]);
        Assert.InRange(near, 0.999, 1.001);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static double[] Vector(JsonNode answer) => [.. answer["data"]![0]!["embedding"]!.AsArray().Select(number => (double)number!)];

    private static async Task<JsonNode> PostAsync(HttpClient http, string path, object body)
    {
        using var response = await http.PostAsJsonAsync(path, body, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }
}
