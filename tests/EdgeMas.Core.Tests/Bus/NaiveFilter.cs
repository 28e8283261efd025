using CsCheck;

namespace EdgeMas.Core.Tests.Bus;

/// <summary>MQTT 5.0, section 4.7, read word by word on split levels; and topics and filters small enough to meet often.</summary>
internal static class NaiveFilter
{
    private static readonly string[] Words = ["", "a", "b", "$s"];

    private static readonly Gen<string> Level = Gen.Int[0, 3].Select(i => Words[i]);

    internal static readonly Gen<string> Topics = Level.Array[1, 4].Select(levels => string.Join('/', levels)).Where(topic => topic.Length > 0);

    internal static readonly Gen<string> Filters = Gen.Select(Gen.OneOf(Level, Gen.Const("+")).Array[0, 4], Gen.Bool)
        .Select((levels, all) => string.Join('/', all ? [.. levels, "#"] : levels)).Where(filter => filter.Length > 0);

    internal static bool Matches(string filter, string topic)
    {
        if (topic[0] == '$' && (filter[0] is '+' or '#'))
            return false;
        return Matches(filter.Split('/').AsSpan(), topic.Split('/').AsSpan());
    }

    private static bool Matches(ReadOnlySpan<string> filter, ReadOnlySpan<string> topic)
    {
        if (filter is ["#"])
            return true;
        if (filter.IsEmpty || topic.IsEmpty)
            return filter.IsEmpty && topic.IsEmpty;
        return (filter[0] == "+" || filter[0] == topic[0]) && Matches(filter[1..], topic[1..]);
    }
}
