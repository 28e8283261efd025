using System.Text;
using System.Text.Json;
using EdgeMas.Core;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;

namespace EdgeMas.Reasoning.Coordination;

/// <summary>Reads orders in whatever form they come: <see cref="OrderRequest"/>, <see cref="SpeechHeard"/>, plain text, or JSON with a "text".</summary>
internal static class OrderIntake
{
    /// <summary>Longer bodies are not looked into; the order's own limit refuses them.</summary>
    private const int MaxJsonCharacters = 16_384;
    private const int MaxJsonDepth = 4;

    private const string UnknownSource = "bus";

    /// <returns>Null when the message is no order.</returns>
    internal static PendingOrder? Read(Delivery delivery)
    {
        var message = delivery.Message;
        var taint = message.Taint | (delivery.FromBroker ? Taint.Network : Taint.None);
        return message.Data switch
        {
            OrderRequest order => new PendingOrder(order.Text, SourceOf(delivery, order.Source), taint, message),
            SpeechHeard heard => new PendingOrder(heard.Text, SourceOf(delivery, heard.Source), taint | Taint.Speech, message),
            string text => new PendingOrder(Unwrap(text), SourceOf(delivery, UnknownSource), taint, message),
            JsonElement json when TextOf(json) is { } text => new PendingOrder(text, SourceOf(delivery, UnknownSource), taint, message),
            ReadOnlyMemory<byte> bytes => new PendingOrder(Unwrap(Encoding.UTF8.GetString(bytes.Span)), SourceOf(delivery, UnknownSource), taint, message),
            _ => null,
        };
    }

    /// <summary>What came over the broker is called so, whatever it says of itself.</summary>
    private static string SourceOf(Delivery delivery, string said) => delivery.FromBroker ? "mqtt" : said;

    /// <summary>MQTT clients often send JSON without saying so.</summary>
    private static string Unwrap(string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith("{") || text.Length > MaxJsonCharacters)
            return text;
        try
        {
            return TextOf(UntrustedJson.Parse(text, "order", MaxJsonDepth)) ?? text;
        }
        catch (FormatException)
        {
            return text; // not JSON after all: an order that begins with a brace
        }
    }

    private static string? TextOf(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Object when json.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String => text.GetString(),
        _ => null,
    };
}
