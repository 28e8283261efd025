using System.ClientModel;
using System.Text.Json;
using EdgeMas.Core.Models;
using EdgeMas.Core.Outputs;
using OpenAI;
using OpenAI.Chat;

namespace EdgeMas.Host.Tests.Serving;

/// <summary>Tools and schemas through OpenAI's client: the model's words are given, the way there and back is real.</summary>
public sealed class ToolTests
{
    private static readonly ChatTool Turn = ChatTool.CreateFunctionTool("turn", "Turns on the spot.", BinaryData.FromString("""{"type":"object","properties":{"angle_deg":{"type":"number"}}}"""));

    [Fact]
    public async Task A_call_comes_back_as_a_call_and_its_result_goes_on_as_the_model_knows_it()
    {
        var model = ScriptedModel.Saying("I will. <tool", "_call>\n{\"name\": \"turn\", \"arguments\": {\"angle_deg\": 90}}\n</tool_call>");
        await using var server = await ScriptedServer.StartAsync(model);
        var chat = ClientOf(server);
        var options = new ChatCompletionOptions { Tools = { Turn } };
        List<ChatMessage> messages = [new UserChatMessage("turn left")];

        ChatCompletion called = await chat.CompleteChatAsync(messages, options, Token);
        messages.Add(new AssistantChatMessage(called));
        messages.Add(new ToolChatMessage(called.ToolCalls[0].Id, "turned"));
        await chat.CompleteChatAsync(messages, options, Token);

        Assert.Equal(ChatFinishReason.ToolCalls, called.FinishReason);
        Assert.Equal(("turn", """{"angle_deg":90}"""), (called.ToolCalls[0].FunctionName, called.ToolCalls[0].FunctionArguments.ToString()));
        Assert.Equal("I will. ", called.Content[0].Text);
        var turns = model.Requests.Last().Turns;
        Assert.Equal(["system", "user", "assistant", "user"], turns.Select(turn => turn.Role));
        Assert.Contains("\"name\":\"turn\"", turns[0].Content);
        Assert.Contains("<tool_call>\n{\"name\":\"turn\",\"arguments\":{\"angle_deg\":90}}\n</tool_call>", turns[2].Content);
        Assert.Equal("<tool_response>\nturned\n</tool_response>", turns[3].Content);
    }

    [Fact]
    public async Task A_streamed_call_is_whole_and_none_of_its_tags_is_text()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedModel.Saying("<", "tool_call>{\"name\": \"turn\",", " \"arguments\": {}}</tool_", "call>"));
        var text = "";
        var names = new List<string>();

        await foreach (var update in ClientOf(server).CompleteChatStreamingAsync([new UserChatMessage("turn")], new ChatCompletionOptions { Tools = { Turn } }, Token))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
            names.AddRange(update.ToolCallUpdates.Select(call => call.FunctionName));
        }

        Assert.Equal("", text);
        Assert.Equal(["turn"], names);
    }

    [Fact]
    public async Task A_required_call_is_held_by_the_grammar_engine()
    {
        var grammar = new RecordingCompiler();
        var model = ScriptedModel.Saying("{\"name\":\"turn\",", "\"arguments\":{\"angle_deg\":5}}");
        await using var server = await ScriptedServer.StartAsync(model, constraints: grammar);

        ChatCompletion called = await ClientOf(server).CompleteChatAsync(
            [new UserChatMessage("turn")], new ChatCompletionOptions { Tools = { Turn }, ToolChoice = ChatToolChoice.CreateRequiredChoice() }, Token);

        Assert.Equal("turn", called.ToolCalls[0].FunctionName);
        Assert.Contains("\"const\":\"turn\"", grammar.Schemas.Single());
        Assert.Same(grammar, model.Requests.Single().Constraint);
    }

    [Fact]
    public async Task A_response_format_reaches_the_grammar_engine_as_it_was_written()
    {
        var grammar = new RecordingCompiler();
        var model = ScriptedModel.Saying("{}");
        await using var server = await ScriptedServer.StartAsync(model, constraints: grammar);

        await ClientOf(server).CompleteChatAsync(
            [new UserChatMessage("x")],
            new ChatCompletionOptions { ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("plan", BinaryData.FromString("""{"type":"array"}""")) },
            Token);

        Assert.Equal(["""{"type":"array"}"""], grammar.Schemas);
        Assert.Same(grammar, model.Requests.Single().Constraint);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ChatClient ClientOf(ScriptedServer server) =>
        new OpenAIClient(new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = new Uri(server.Url, "v1") }).GetChatClient("scripted");

    /// <summary>Stands for the grammar engine, and for the constraint that it makes.</summary>
    private sealed class RecordingCompiler : IConstraintCompiler, ITokenConstraint
    {
        public List<string> Schemas { get; } = [];

        public bool IsComplete => true;

        public ITokenConstraint CompileJson(JsonElement? schema)
        {
            Schemas.Add(schema?.GetRawText() ?? "any");
            return this;
        }

        public ITokenConstraint Compile(OutputLanguage language) => throw new NotSupportedException("tools are schemas");

        public void FillMask(Span<uint> mask) => mask.Clear();

        public int TakeForced(Span<int> tokens) => 0;

        public void Accept(int token) => throw new ArgumentOutOfRangeException(nameof(token));
    }
}
