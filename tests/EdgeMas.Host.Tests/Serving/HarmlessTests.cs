using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace EdgeMas.Host.Tests.Serving;

/// <summary>Bad clients of the in-box planner, all at once, while an honest one is being served: it gets what it gets alone, and each of them its answer.</summary>
public sealed class HarmlessTests(PlannerServer planner) : IClassFixture<PlannerServer>
{
    private const string Honest = """{"prompt": "<|im_start|>system\nTools:\nturn(angle_deg)\nlook_for(object)<|im_end|>\n<|im_start|>user\nturn left, then look for the red ball<|im_end|>\n<|im_start|>assistant\n", "temperature": 0, "max_tokens": 60}""";
    private const string Message = "\"messages\": [{\"role\": \"user\", \"content\": \"turn left\"}]";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static TheoryData<string, string, int, string> BadRequests => new()
    {
        { "ten megabytes", new string('a', 10_000_000), 413, "at most" },
        { "a million tokens wanted", $$"""{ {{Message}}, "max_tokens": 1000000}""", 400, "context has 1024 tokens" },
        { "a prompt of many tokens", $$"""{ "messages": [{"role": "user", "content": "{{new string('x', 100_000)}}"}]}""", 400, "shorten it" },
        { "an unknown type in a schema", Schema("""{"type": "object", "properties": {"speed": {"type": "velocity"}}}"""), 400, "/properties/speed" },
        { "a schema that points nowhere", Schema("""{"$ref": "#/nowhere"}"""), 400, "nowhere" },
        { "a grammar that does not parse", $$"""{ {{Message}}, "grammar": "root ::= ("}""", 400, "" },
        { "deep nesting", new string('[', 100_000), 400, "no JSON" },
    };

    [Theory]
    [MemberData(nameof(BadRequests))]
    public async Task A_bad_request_has_its_answer_and_the_honest_one_beside_it_is_not_disturbed(string what, string body, int status, string reason)
    {
        using var http = new HttpClient { BaseAddress = await planner.StartAsync(), Timeout = Patience };
        var alone = await AskAsync(http);

        var beside = AskAsync(http);
        using var response = await http.PostAsync("v1/chat/completions", new StringContent(body), TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.True((int)response.StatusCode == status, $"{what}: {(int)response.StatusCode} {answer}");
        Assert.Contains(reason, (string?)JsonNode.Parse(answer)!["error"]!["message"]);
        Assert.Equal(alone, await beside);
    }

    [Fact]
    public async Task Clients_that_stall_leave_or_read_nothing_do_not_disturb_the_others_and_leave_nothing_running()
    {
        var url = await planner.StartAsync();
        using var http = new HttpClient { BaseAddress = url, Timeout = Patience };
        var alone = await AskAsync(http);
        var clients = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 12; i++)
            {
                var client = new TcpClient { ReceiveBufferSize = 4096 };
                clients.Add(client);
                await client.ConnectAsync("127.0.0.1", url.Port, TestContext.Current.CancellationToken);
                var body = $$"""{ {{Message}}, "max_tokens": 900, "temperature": 2, "stream": {{(i % 2 == 0 ? "true" : "false")}}}""";
                var head = $"POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nX-EdgeMas-Agent: bad\r\nContent-Length: {body.Length}\r\n\r\n";
                // A third says half of what it announced, a third leaves at once, a third stays and reads nothing.
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(i % 3 == 0 ? head + body[..20] : head + body), TestContext.Current.CancellationToken);
                if (i % 3 == 1)
                    client.Close();
            }

            Assert.Equal([alone, alone, alone], [await AskAsync(http), await AskAsync(http), await AskAsync(http)]);
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }

        await Testing.Until.TrueAsync(() => planner.Running == 0);
        Assert.Equal(alone, await AskAsync(http));
    }

    private static string Schema(string schema) => $$$$"""{ {{{{Message}}}}, "response_format": {"type": "json_schema", "json_schema": {"name": "a", "schema": {{{{schema}}}}}}}""";

    private static async Task<string> AskAsync(HttpClient http)
    {
        using var response = await http.PostAsync("v1/completions", new StringContent(Honest), TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, answer);
        return (string)JsonNode.Parse(answer)!["choices"]![0]!["text"]!;
    }
}
