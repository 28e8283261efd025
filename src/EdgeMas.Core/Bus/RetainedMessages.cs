using EdgeMas.Core.Topics;

namespace EdgeMas.Core.Bus;

/// <summary>The last retained message of each topic, at most <see cref="Capacity"/>: the one that was set longest ago makes room. Its owner locks.</summary>
internal sealed class RetainedMessages(TimeProvider time)
{
    internal const int Capacity = 4_096;

    private readonly Dictionary<string, LinkedListNode<Delivery>> _byTopic = new(StringComparer.Ordinal);
    private readonly LinkedList<Delivery> _oldestFirst = new();
    private long _evicted;

    internal long Evicted => Interlocked.Read(ref _evicted);

    /// <summary>Keeps the message; one without data makes the topic forgotten.</summary>
    internal void Set(string topic, in Delivery delivery)
    {
        if (_byTopic.Remove(topic, out var old))
            _oldestFirst.Remove(old);
        if (delivery.Message.Data is null)
            return;
        if (_byTopic.Count == Capacity)
            EvictOldest();
        _byTopic.Add(topic, _oldestFirst.AddLast(delivery));
    }

    /// <summary>Matching ones, oldest first; those past their deadline are forgotten.</summary>
    internal IReadOnlyList<Delivery> Matching(TopicFilter filter)
    {
        var found = new List<Delivery>();
        var now = time.GetUtcNow();
        for (var node = _oldestFirst.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.Message.Deadline < now)
            {
                _byTopic.Remove(node.Value.Topic);
                _oldestFirst.Remove(node);
            }
            else if (filter.Matches(node.Value.Topic))
            {
                found.Add(node.Value);
            }
            node = next;
        }
        return found;
    }

    private void EvictOldest()
    {
        var oldest = _oldestFirst.First!;
        _oldestFirst.RemoveFirst();
        _byTopic.Remove(oldest.Value.Topic);
        Interlocked.Increment(ref _evicted);
    }
}
