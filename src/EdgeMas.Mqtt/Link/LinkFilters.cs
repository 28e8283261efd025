using EdgeMas.Core.Topics;
using EdgeMas.Mqtt.Access;

namespace EdgeMas.Mqtt.Link;

/// <summary>A link's filters, made absolute and checked. Immutable.</summary>
internal sealed class LinkFilters
{
    private readonly TopicFilter[] _import;
    private readonly TopicFilter[] _reply;

    /// <exception cref="FormatException">A filter is malformed.</exception>
    /// <exception cref="ArgumentException">An import lies outside the robot's root, and that is not allowed.</exception>
    internal LinkFilters(MqttLinkOptions options)
    {
        Export = MakeAbsolute(options.Export, options.Topics);
        Import = MakeAbsolute(options.Import, options.Topics);
        var own = $"{options.Topics.Root}/#";
        foreach (var filter in Import)
        {
            if (!options.ImportFromElsewhere && !FilterCover.Covers(own, filter))
                throw new ArgumentException($"import '{filter}' is not under '{own}': allow imports from elsewhere, or leave it out", nameof(options));
        }
        _import = [.. Import.Select(TopicFilter.Parse)];
        _reply = [.. MakeAbsolute(options.ReplyTopics, options.Topics).Select(TopicFilter.Parse)];
    }

    internal IReadOnlyList<string> Export { get; }

    internal IReadOnlyList<string> Import { get; }

    internal bool Imports(string topic) => MatchesAny(_import, topic);

    internal bool AllowsReplyTo(string topic) => MatchesAny(_reply, topic);

    private static bool MatchesAny(TopicFilter[] filters, string topic)
    {
        foreach (var filter in filters)
        {
            if (filter.Matches(topic))
                return true;
        }
        return false;
    }

    private static string[] MakeAbsolute(IReadOnlyList<string> filters, RobotTopics topics) =>
        [.. filters.Select(filter => MakeAbsolute(filter, topics)).Distinct(StringComparer.Ordinal)];

    private static string MakeAbsolute(string filter, RobotTopics topics)
    {
        var absolute = filter switch
        {
            ['/', ..] => filter[1..],
            _ when filter.StartsWith("edgemas/", StringComparison.Ordinal) => filter,
            _ => $"{topics.Root}/{filter}",
        };
        return TopicFilter.Parse(absolute).ToString();
    }
}
