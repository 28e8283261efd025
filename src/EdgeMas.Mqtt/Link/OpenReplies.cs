using System.Diagnostics.CodeAnalysis;

namespace EdgeMas.Mqtt.Link;

/// <summary>Where the answers to requests from outside go, by the request's id. Bounded; each is forgotten after a time. Any thread.</summary>
internal sealed class OpenReplies(int capacity, TimeSpan expiry, TimeProvider time)
{
    internal sealed record Address(string Topic, byte[] CorrelationData, long Asked);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Address> _byRequest = new(StringComparer.Ordinal);
    private readonly Queue<(string Request, Address Address)> _oldestFirst = new();

    /// <returns>False when a request with the same id is open.</returns>
    internal bool TryAdd(string request, string topic, byte[] correlationData)
    {
        var address = new Address(topic, correlationData, time.GetTimestamp());
        lock (_lock)
        {
            ForgetExpired();
            if (!_byRequest.TryAdd(request, address))
                return false;
            _oldestFirst.Enqueue((request, address));
            if (_byRequest.Count > capacity || _oldestFirst.Count > 4 * capacity) // answered ones stay in the queue behind an open one
                ForgetOldest();
            return true;
        }
    }

    internal bool TryTake(string request, [NotNullWhen(true)] out Address? address)
    {
        lock (_lock)
        {
            ForgetExpired();
            return _byRequest.Remove(request, out address);
        }
    }

    private void ForgetExpired()
    {
        while (_oldestFirst.TryPeek(out var oldest) && (IsAnswered(oldest) || time.GetElapsedTime(oldest.Address.Asked) >= expiry))
            ForgetOldest();
    }

    private bool IsAnswered((string Request, Address Address) entry) => !_byRequest.TryGetValue(entry.Request, out var open) || !ReferenceEquals(open, entry.Address);

    private void ForgetOldest()
    {
        var (request, address) = _oldestFirst.Dequeue();
        if (_byRequest.TryGetValue(request, out var open) && ReferenceEquals(open, address))
            _byRequest.Remove(request);
    }
}
