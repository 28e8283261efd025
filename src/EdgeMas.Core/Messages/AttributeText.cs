using System.Collections.Frozen;
using System.Globalization;

namespace EdgeMas.Core.Messages;

/// <summary>CloudEvents attributes as text: the forms of times and of this system's words, read without trust.</summary>
internal static class AttributeText
{
    private static readonly string[] TimeForms = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd't'HH:mm:ss.FFFFFFFK"];

    private static readonly FrozenDictionary<string, Performative> Performatives = Words<Performative>();
    private static readonly FrozenDictionary<string, MessagePriority> Priorities = Words<MessagePriority>();
    private static readonly FrozenDictionary<string, Taint> Taints = Words<Taint>();

    internal static string Write(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    internal static string Write(Performative performative) => performative.ToString().ToLowerInvariant();

    internal static string Write(MessagePriority priority) => priority.ToString().ToLowerInvariant();

    /// <summary>Words with commas between them.</summary>
    internal static string Write(Taint taint) => taint.ToString().ToLowerInvariant();

    internal static DateTimeOffset ReadTime(string name, string text) =>
        DateTimeOffset.TryParseExact(text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new FormatException($"attribute {name}: '{Shorten(text)}' is no RFC 3339 time");

    internal static Performative ReadPerformative(string text) => ReadWord("performative", text, Performatives);

    internal static MessagePriority ReadPriority(string text) => ReadWord("priority", text, Priorities);

    internal static Taint ReadTaint(string text)
    {
        var taint = Taint.None;
        foreach (var range in text.AsSpan().Split(','))
            taint |= ReadWord("taint", text[range].Trim(), Taints);
        return taint;
    }

    /// <exception cref="FormatException">Empty, too long, or with characters that CloudEvents forbids in attributes and terminals obey.</exception>
    internal static string Check(string name, string text, CloudEventLimits limits)
    {
        if (text.Length == 0)
            throw new FormatException($"attribute {name} is empty");
        if (text.Length > limits.MaxAttributeLength)
            throw new FormatException($"attribute {name} has {text.Length:N0} characters; at most {limits.MaxAttributeLength:N0} are read");
        foreach (var character in text)
        {
            if (char.IsControl(character))
                throw new FormatException($"attribute {name} holds the control character U+{(int)character:X4}");
        }
        return text;
    }

    private static T ReadWord<T>(string name, string text, FrozenDictionary<string, T> words) =>
        words.TryGetValue(text, out var value) ? value : throw new FormatException($"attribute {name}: '{Shorten(text)}' is none of {string.Join(", ", words.Keys.Order(StringComparer.Ordinal))}");

    private static string Shorten(string text) => text.Length <= 40 ? text : string.Concat(text.AsSpan(0, 40), "…");

    private static FrozenDictionary<string, T> Words<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToFrozenDictionary(value => value.ToString().ToLowerInvariant(), StringComparer.Ordinal);
}
