using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace EdgeMas.Host.Tests.Serving;

/// <summary>Regular expressions, choices and GBNF in requests to the in-box planner.</summary>
public sealed class GrammarRequestTests(PlannerServer server) : IClassFixture<PlannerServer>
{
    private const string Prompt = "<|im_start|>user\nturn left<|im_end|>\n<|im_start|>assistant\n";

    [Theory]
    [InlineData("guided_regex", "\"(red|green) [0-9]{3}!\"", "^(red|green) [0-9]{3}!$")]
    [InlineData("guided_choice", "[\"only this\", \"or that\"]", "^(only this|or that)$")]
    [InlineData("grammar", "\"root ::= \\\"<\\\" root \\\">\\\" | [xy]{2}\"", "^<*[xy]{2}>*$")]
    [InlineData("guided_grammar", "\"root ::= \\\"yes\\\" | \\\"no\\\"\"", "^(yes|no)$")]
    public async Task Output_is_held_to_it(string field, string value, string expected)
    {
        var (completed, completion) = await PostAsync("v1/completions", $$"""{"prompt": {{JsonValue.Create(Prompt).ToJsonString()}}, "max_tokens": 60, "temperature": 0, "{{field}}": {{value}}}""");
        var (chatted, chat) = await PostAsync("v1/chat/completions", $$"""{"messages": [{"role": "user", "content": "turn left"}], "max_tokens": 60, "temperature": 0, "{{field}}": {{value}}}""");

        Assert.Equal((200, 200), (completed, chatted));
        Assert.Matches(expected, (string?)completion["choices"]![0]!["text"]);
        Assert.Matches(expected, (string?)chat["choices"]![0]!["message"]!["content"]);
    }

    [Theory]
    [InlineData("\"guided_regex\": \"a(\"", "not closed")]
    [InlineData("\"guided_regex\": 5", "a string")]
    [InlineData("\"guided_choice\": []", "at least one string")]
    [InlineData("\"guided_choice\": [1]", "at least one string")]
    [InlineData("\"grammar\": \"root ::= \\\"a\\\"\\nx := y\"", "line 2, column 3")]
    [InlineData("\"grammar\": \"root ::= root \\\"a\\\"\"", "left recursion")]
    [InlineData("\"grammar\": \"root ::= \\\"a\\\"\", \"guided_regex\": \"b\"", "exclude each other")]
    public async Task What_is_wrong_is_refused_with_its_place(string fields, string reason)
    {
        foreach (var (path, prompt) in ((string, string)[])[("v1/completions", "\"prompt\": \"x\""), ("v1/chat/completions", "\"messages\": [{\"role\": \"user\", \"content\": \"x\"}]")])
        {
            var (status, answer) = await PostAsync(path, $"{{{prompt}, {fields}}}");

            Assert.Equal(400, status);
            Assert.Contains(reason, (string?)answer["error"]!["message"]);
        }
    }

    [Fact]
    public async Task A_grammar_and_a_response_format_exclude_each_other()
    {
        var (status, answer) = await PostAsync("v1/chat/completions", """{"messages": [{"role": "user", "content": "x"}], "response_format": {"type": "json_object"}, "guided_choice": ["a"]}""");

        Assert.Equal(400, status);
        Assert.Contains("excludes", (string?)answer["error"]!["message"]);
    }

    [Fact]
    public async Task Without_a_grammar_engine_it_is_refused()
    {
        await using var plain = await ScriptedServer.StartAsync(ScriptedModel.Saying("never"));

        var (status, answer) = await plain.PostAsync("v1/completions", """{"prompt": "x", "guided_choice": ["a"]}""");

        Assert.Equal(400, status);
        Assert.Contains("grammar engine", (string?)answer["error"]!["message"]);
    }

    private async Task<(int Status, JsonNode Answer)> PostAsync(string path, string body)
    {
        using var http = new HttpClient { BaseAddress = await server.StartAsync() };
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!);
    }
}
