namespace EdgeMas.Core.Topics;

/// <summary>A subscription's pattern over topic names: <c>+</c> stands for one level, <c>#</c> at the end for all levels from there on.</summary>
/// <remarks>Immutable. Matching allocates nothing; any thread. Source: MQTT 5.0, section 4.7.</remarks>
public sealed class TopicFilter
{
    /// <summary>MQTT's own limit, in UTF-8 bytes.</summary>
    public const int MaxBytes = 65_535;

    private readonly string _text;

    private TopicFilter(string text) => _text = text;

    /// <exception cref="FormatException">Empty, too long, a null character, a wildcard that shares its level, or <c>#</c> that is not last.</exception>
    public static TopicFilter Parse(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        CheckCharacters(text, "topic filter");
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('+' or '#'))
                continue;
            var aloneBefore = i == 0 || text[i - 1] == '/';
            var aloneAfter = i == text.Length - 1 || text[i + 1] == '/';
            if (!aloneBefore || !aloneAfter)
                throw new FormatException($"topic filter '{text}': '{text[i]}' at {i} must stand alone in its level");
            if (text[i] == '#' && i != text.Length - 1)
                throw new FormatException($"topic filter '{text}': '#' at {i} must be the last level");
        }
        return new TopicFilter(text);
    }

    /// <exception cref="FormatException">Not a topic name that can be published to; the message says why.</exception>
    public static void CheckName(string topic)
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        CheckCharacters(topic, "topic");
        if (topic.AsSpan().IndexOfAny('+', '#') is var at and >= 0)
            throw new FormatException($"topic '{topic}': '{topic[at]}' at {at} is a wildcard, which only filters have");
    }

    public bool Matches(ReadOnlySpan<char> topic)
    {
        var filter = _text.AsSpan();
        if (topic is ['$', ..] && filter is ['+' or '#', ..])
            return false; // the broker's own topics are asked for by name
        while (true)
        {
            var wanted = TakeLevel(ref filter, out var filterEnded);
            if (wanted is ['#'])
                return true;
            var given = TakeLevel(ref topic, out var topicEnded);
            if (wanted is not ['+'] && !wanted.SequenceEqual(given))
                return false;
            if (filterEnded || topicEnded)
                return (filterEnded && topicEnded) || (topicEnded && filter is ['#']); // "a/#" covers "a" as well
        }
    }

    public override string ToString() => _text;

    private static void CheckCharacters(string text, string what)
    {
        if (text.Contains('\0'))
            throw new FormatException($"{what} '{text}' holds a null character");
        if (System.Text.Encoding.UTF8.GetByteCount(text) > MaxBytes)
            throw new FormatException($"{what} of {text.Length:N0} characters: MQTT allows {MaxBytes:N0} bytes");
    }

    private static ReadOnlySpan<char> TakeLevel(ref ReadOnlySpan<char> rest, out bool ended)
    {
        var slash = rest.IndexOf('/');
        ended = slash < 0;
        var level = ended ? rest : rest[..slash];
        rest = ended ? default : rest[(slash + 1)..];
        return level;
    }
}
