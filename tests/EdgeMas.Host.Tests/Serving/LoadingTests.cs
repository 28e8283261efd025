using EdgeMas.Core.Models;
using EdgeMas.Host.Serving;
using EdgeMas.Host.Session;

namespace EdgeMas.Host.Tests.Serving;

/// <summary>A server listens before its model is there.</summary>
public sealed class LoadingTests
{
    private const string Completion = """{"prompt": "hello"}""";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task What_is_asked_before_the_model_is_loaded_is_answered_with_503()
    {
        await using var server = await ScriptedServer.StartLoadingAsync();

        var (asked, why) = await server.PostAsync("v1/completions", Completion);
        using var health = await server.Http.GetAsync("health", TestContext.Current.CancellationToken);
        using var list = await server.Http.GetAsync("v1/models", TestContext.Current.CancellationToken);
        var metrics = await server.Http.GetStringAsync("metrics", TestContext.Current.CancellationToken);

        Assert.Equal((503, 503, 503), (asked, (int)health.StatusCode, (int)list.StatusCode));
        Assert.Equal("model_loading", (string?)why["error"]!["code"]);
        Assert.Contains("edgemas_http_requests_total{path=\"/health\",status=\"503\"} 1", metrics);
    }

    [Fact]
    public async Task Once_there_is_a_model_it_answers()
    {
        await using var server = await ScriptedServer.StartLoadingAsync();
        await server.PostAsync("v1/completions", Completion);

        server.Serve(ScriptedModel.Saying("yes"));

        Assert.Equal(200, (await server.PostAsync("v1/completions", Completion)).Status);
        using var health = await server.Http.GetAsync("health", TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)health.StatusCode);
        Assert.Contains("edgemas_model_info", await server.Http.GetStringAsync("metrics", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_stranger_without_the_key_does_not_learn_that_it_is_loading()
    {
        await using var server = await ScriptedServer.StartLoadingAsync(new ServingOptions { ApiKey = "secret" });

        Assert.Equal(401, (await server.PostAsync("v1/completions", Completion)).Status);
    }

    [Fact]
    public async Task A_model_that_is_no_longer_wanted_is_given_up_while_it_loads()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var given = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var loading = new LoadingModel(
            async token =>
            {
                await using var up = token.Register(given.SetResult);
                begun.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
                return (ScriptedModel.Saying("never"), PromptStyle.Chat);
            },
            TestContext.Current.CancellationToken);

        await begun.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await loading.DisposeAsync().AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.True(given.Task.IsCompletedSuccessfully);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loading.Model);
    }
}
