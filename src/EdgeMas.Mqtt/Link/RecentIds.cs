namespace EdgeMas.Mqtt.Link;

/// <summary>Remembers the last so many ids, to know a message that the broker delivers again. One thread.</summary>
internal sealed class RecentIds(int capacity)
{
    private readonly HashSet<string> _known = new(capacity, StringComparer.Ordinal);
    private readonly Queue<string> _oldestFirst = new(capacity);

    /// <returns>False when it was seen before.</returns>
    internal bool TryAdd(string id)
    {
        if (!_known.Add(id))
            return false;
        if (_oldestFirst.Count == capacity)
            _known.Remove(_oldestFirst.Dequeue());
        _oldestFirst.Enqueue(id);
        return true;
    }
}
