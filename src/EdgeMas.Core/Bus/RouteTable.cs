using System.Collections.Concurrent;
using System.Collections.Immutable;
using EdgeMas.Core.Topics;

namespace EdgeMas.Core.Bus;

/// <summary>
/// Who gets what, for one set of subscriptions: matches are worked out once per topic and remembered. A change of subscriptions makes a new table.
/// Any thread.
/// </summary>
internal sealed class RouteTable
{
    /// <summary>Topics come from outside too: when so many are remembered, all are forgotten and learnt anew.</summary>
    internal const int MaxTopics = 4_096;

    private readonly ImmutableArray<Subscription> _subscriptions;
    private readonly ConcurrentDictionary<string, IDeliverySink[]> _sinks = new(StringComparer.Ordinal);
    private int _remembered;

    private RouteTable(ImmutableArray<Subscription> subscriptions) => _subscriptions = subscriptions;

    internal static RouteTable Empty { get; } = new([]);

    internal int Remembered => _remembered;

    internal RouteTable With(Subscription subscription) => new(_subscriptions.Add(subscription));

    internal RouteTable Without(Subscription subscription) => new(_subscriptions.Remove(subscription));

    /// <summary>Allocates nothing when the topic is remembered.</summary>
    /// <exception cref="FormatException">Not a topic name.</exception>
    internal IDeliverySink[] SinksOf(string topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        return _sinks.TryGetValue(topic, out var known) ? known : Learn(topic);
    }

    private IDeliverySink[] Learn(string topic)
    {
        TopicFilter.CheckName(topic);
        var sinks = Match(topic);
        if (Interlocked.Increment(ref _remembered) > MaxTopics)
        {
            _sinks.Clear();
            Interlocked.Exchange(ref _remembered, 1);
        }
        if (!_sinks.TryAdd(topic, sinks))
            Interlocked.Decrement(ref _remembered);
        return sinks;
    }

    private IDeliverySink[] Match(string topic)
    {
        var sinks = new List<IDeliverySink>();
        foreach (var subscription in _subscriptions)
        {
            if (subscription.Filter.Matches(topic) && !sinks.Contains(subscription.Sink, ReferenceEqualityComparer.Instance))
                sinks.Add(subscription.Sink);
        }
        return [.. sinks];
    }
}
