using System.Net.Sockets;
using System.Text;
using EdgeMas.Host.Serving;

namespace EdgeMas.Host.Tests.Serving;

/// <summary>Clients that stall, leave or send too much harm nobody else.</summary>
public sealed class HostileClientTests
{
    private const string Body = """{"messages": [{"role": "user", "content": "hello"}]}""";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\n", "408")]
    [InlineData("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{", "408")]
    [InlineData("NONSENSE\r\n\r\n", "400")]
    public async Task A_client_that_stalls_is_sent_away_and_others_are_served(string sent, string status)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedModel.Saying("yes"), new ServingOptions { ReadTimeout = TimeSpan.FromSeconds(1) });
        using var client = await ConnectAsync(server);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(sent), TestContext.Current.CancellationToken);

        Assert.Equal(200, (await server.PostAsync("v1/chat/completions", Body)).Status);
        Assert.Contains($"HTTP/1.1 {status}", await ReadToEndAsync(client));
    }

    [Theory]
    [InlineData("")]
    [InlineData(", \"stream\": true")]
    public async Task A_client_that_leaves_ends_its_generation(string more)
    {
        var model = ScriptedModel.Endless();
        await using var server = await ScriptedServer.StartAsync(model);
        using (var client = await ConnectAsync(server))
        {
            await PostAsync(client, Body.Replace("}]}", $"}}]{more}}}", StringComparison.Ordinal));
            while (model.Requests.IsEmpty)
                await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await model.Cancelled.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Ten_megabytes_are_answered_with_413()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedModel.Saying("never"));

        var (status, answer) = await server.PostAsync("v1/chat/completions", new string('a', 10_000_000));

        Assert.Equal(413, status);
        Assert.Equal("request_too_large", (string?)answer["error"]!["code"]);
    }

    [Fact]
    public async Task Deep_nesting_is_no_JSON_that_is_read()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedModel.Saying("never"));

        Assert.Equal(400, (await server.PostAsync("v1/chat/completions", new string('[', 1_000_000))).Status);
    }

    [Fact]
    public async Task A_client_that_reads_nothing_does_not_hold_the_others()
    {
        var much = Enumerable.Repeat(new string('x', 10_000), 2_000);
        await using var server = await ScriptedServer.StartAsync(ScriptedModel.Saying(request => request.Turns.Count > 0 ? much : ["yes"]));
        using var client = await ConnectAsync(server);
        client.ReceiveBufferSize = 4096;
        await PostAsync(client, Body.Replace("}]}", "}], \"stream\": true}", StringComparison.Ordinal));

        for (var i = 0; i < 3; i++)
            Assert.Equal(200, (await server.PostAsync("v1/completions", """{"prompt": [1]}""")).Status);
    }

    [Fact]
    public async Task More_connections_than_allowed_are_closed_and_those_inside_go_on()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedModel.Saying("yes"), new ServingOptions { MaxConnections = 2 });
        Assert.Equal(200, (await server.PostAsync("v1/chat/completions", Body)).Status); // its connection stays open
        using var second = await ConnectAsync(server);
        await Task.Delay(100, TestContext.Current.CancellationToken);
        using var third = await ConnectAsync(server);

        Assert.Empty(await ReadToEndAsync(third));
        Assert.Equal(200, (await server.PostAsync("v1/chat/completions", Body)).Status);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        await using var first = await ScriptedServer.StartAsync(ScriptedModel.Saying("yes"));

        var error = await Assert.ThrowsAnyAsync<IOException>(() => ScriptedServer.StartAsync(ScriptedModel.Saying("yes"), new ServingOptions { Port = first.Url.Port }));

        Assert.Contains("in use", error.Message);
    }

    private static async Task<TcpClient> ConnectAsync(ScriptedServer server)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", server.Url.Port, TestContext.Current.CancellationToken);
        return client;
    }

    private static Task PostAsync(TcpClient client, string body) => client.GetStream().WriteAsync(
        Encoding.ASCII.GetBytes($"POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {body.Length}\r\n\r\n{body}"), TestContext.Current.CancellationToken).AsTask();

    private static async Task<string> ReadToEndAsync(TcpClient client)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        using var reader = new StreamReader(client.GetStream());
        try
        {
            return await reader.ReadToEndAsync(limit.Token);
        }
        catch (IOException)
        {
            return ""; // reset: sent away too
        }
    }
}
