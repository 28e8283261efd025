using CsCheck;
using EdgeMas.Inference.Chat;
using Microsoft.Extensions.AI;

namespace EdgeMas.Inference.Tests.Chat;

public sealed class ToolCallReaderTests
{
    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("a < b", "a < b")]
    [InlineData("<tool_call>{\"name\": \"turn\", \"arguments\": {\"angle\": 90}}</tool_call>", "turn{angle=90}")]
    [InlineData("first <tool_call>\n{\"name\": \"a\"}\n</tool_call>\n<tool_call>{\"name\": \"b\"}</tool_call> last", "first |a{}|b{}|last")]
    [InlineData("<tool_call>{\"name\": \"cut", "<tool_call>{\"name\": \"cut")]
    [InlineData("<tool_call>{\"name\": \"whole\"}", "whole{}")]
    [InlineData("<tool_call>no json</tool_call> and on", "<tool_call>no json</tool_call>| and on")]
    [InlineData("<tool_call>{\"name\": \"a\", \"arguments\": 5}</tool_call>", "<tool_call>{\"name\": \"a\", \"arguments\": 5}</tool_call>")]
    [InlineData("<tool_call>{\"name\": \"\\ud800\"}</tool_call>", "<tool_call>{\"name\": \"\\ud800\"}</tool_call>")]
    [InlineData("<tool_call>{\"name\": \"a\", \"arguments\": {\"\\udc00\": 1}}</tool_call>", "<tool_call>{\"name\": \"a\", \"arguments\": {\"\\udc00\": 1}}</tool_call>")]
    [InlineData("<tool_cal", "<tool_cal")]
    public void However_the_output_is_cut_into_pieces_text_and_calls_are_the_same(string output, string expected) =>
        Gen.Int[1, 12].List[1, 60].Sample(
            sizes =>
            {
                var reader = new ToolCallReader(ToolReading.Tagged);
                var contents = new List<AIContent>();
                var at = 0;
                foreach (var size in sizes)
                {
                    var piece = output.AsSpan(at, Math.Min(size, output.Length - at)).ToString();
                    contents.AddRange(reader.Read(piece));
                    at += piece.Length;
                }
                contents.AddRange(reader.Read(output[at..]));
                contents.AddRange(reader.End());
                return Written(contents) == expected.Replace("|", "", StringComparison.Ordinal);
            },
            iter: 200);

    [Fact]
    public void Without_tools_nothing_is_held_back()
    {
        var reader = new ToolCallReader(ToolReading.None);

        Assert.Equal("<tool", Written(reader.Read("<tool")));
        Assert.Empty(reader.End());
    }

    [Fact]
    public void A_whole_call_is_one_at_its_end_only()
    {
        var reader = new ToolCallReader(ToolReading.Whole);

        Assert.Empty(reader.Read("{\"name\": \"turn\","));
        Assert.Empty(reader.Read("\"arguments\": {}}"));
        Assert.Equal("turn{}", Written(reader.End()));
    }

    private static string Written(IEnumerable<AIContent> contents) => string.Concat(contents.Select(content => content switch
    {
        TextContent text => text.Text,
        FunctionCallContent call => $"{call.Name}{{{string.Join(',', call.Arguments!.Select(argument => $"{argument.Key}={argument.Value}"))}}}",
        _ => throw new InvalidOperationException($"unexpected {content.GetType()}"),
    }));
}
