using System.Text;
using System.Text.Json;
using EdgeMas.Core;
using Microsoft.Extensions.AI;

namespace EdgeMas.Inference.Chat;

/// <summary>Parts the output into text and calls of tools as it comes. What claims to be a call and is none stays text.</summary>
internal sealed class ToolCallReader(ToolReading reading)
{
    private readonly StringBuilder _held = new();
    private bool _behindCall;

    /// <returns>What is certain by now.</returns>
    internal IEnumerable<AIContent> Read(string piece)
    {
        if (reading == ToolReading.None)
            return piece.Length == 0 ? [] : [new TextContent(piece)];
        _held.Append(piece);
        return reading == ToolReading.Whole ? [] : Part(ended: false);
    }

    /// <returns>What was held back.</returns>
    internal IEnumerable<AIContent> End()
    {
        if (_held.Length == 0)
            return [];
        return reading == ToolReading.Whole ? [CallOf(_held.ToString()) ?? (AIContent)new TextContent(_held.ToString())] : Part(ended: true);
    }

    private List<AIContent> Part(bool ended)
    {
        var contents = new List<AIContent>();
        var text = _held.ToString();
        while (text.Length > 0)
        {
            var begin = text.IndexOf(ChatTurns.CallBegin, StringComparison.Ordinal);
            var plain = begin >= 0 ? begin : ended ? text.Length : text.Length - HeldBack(text);
            AddText(contents, text[..plain]);
            text = text[plain..];
            if (begin < 0)
                break;
            var end = text.IndexOf(ChatTurns.CallEnd, StringComparison.Ordinal);
            if (end < 0 && !ended)
                break;
            var whole = end < 0 ? text.Length : end + ChatTurns.CallEnd.Length;
            if (CallOf(text[ChatTurns.CallBegin.Length..(end < 0 ? text.Length : end)]) is { } call)
            {
                contents.Add(call);
                _behindCall = true;
            }
            else
            {
                AddText(contents, text[..whole]);
            }
            text = text[whole..];
        }
        _held.Clear().Append(text);
        return contents;
    }

    /// <summary>White space behind a call says nothing.</summary>
    private void AddText(List<AIContent> contents, string text)
    {
        text = _behindCall ? text.TrimStart() : text;
        if (text.Length == 0)
            return;
        _behindCall = false;
        contents.Add(new TextContent(text));
    }

    /// <summary>Characters at the end that may begin a call.</summary>
    private static int HeldBack(string text)
    {
        for (var length = Math.Min(ChatTurns.CallBegin.Length - 1, text.Length); length > 0; length--)
        {
            if (text.EndsWith(ChatTurns.CallBegin[..length], StringComparison.Ordinal))
                return length;
        }
        return 0;
    }

    private static FunctionCallContent? CallOf(string json)
    {
        try
        {
            var call = UntrustedJson.Parse(json, "tool call");
            if (call.ValueKind != JsonValueKind.Object || !call.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String)
                return null;
            var arguments = new Dictionary<string, object?>(StringComparer.Ordinal);
            if (call.TryGetProperty("arguments", out var given))
            {
                if (given.ValueKind != JsonValueKind.Object)
                    return null;
                foreach (var argument in given.EnumerateObject())
                    arguments[argument.Name] = argument.Value;
            }
            return new FunctionCallContent($"call_{Guid.NewGuid():N}", name.GetString()!, arguments);
        }
        catch (FormatException)
        {
            return null; // text, then
        }
    }
}
