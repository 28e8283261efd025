using EdgeMas.Core.Messages;

namespace EdgeMas.Core.Agents;

/// <summary>Requests that an agent has taken from its mailbox and not answered: when it fails, somebody must tell the askers. Any thread.</summary>
internal sealed class OpenRequests(TimeProvider time)
{
    /// <summary>Agents that never answer must not fill the memory; beyond this the oldest is forgotten.</summary>
    private const int Capacity = 1_024;

    private readonly Lock _lock = new();
    private readonly OrderedDictionary<string, Message> _open = new(StringComparer.Ordinal);

    internal void Add(Message request)
    {
        lock (_lock)
        {
            if (_open.Count == Capacity)
                ForgetExpired();
            if (_open.Count == Capacity)
                _open.RemoveAt(0);
            _open[request.Id] = request;
        }
    }

    internal bool Remove(string requestId)
    {
        lock (_lock)
            return _open.Remove(requestId);
    }

    internal IReadOnlyList<Message> TakeAll()
    {
        lock (_lock)
        {
            Message[] all = [.. _open.Values];
            _open.Clear();
            return all;
        }
    }

    private void ForgetExpired()
    {
        var now = time.GetUtcNow();
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            if (_open.GetAt(i).Value.Deadline < now)
                _open.RemoveAt(i);
        }
    }
}
