using EdgeMas.Core.Bus;
using EdgeMas.Core.Messages;

namespace EdgeMas.Core.Tests.Bus;

/// <summary>Messages that say no more than their text.</summary>
internal static class Letters
{
    internal static Message New(object? data, Performative performative = Performative.Inform) => new()
    {
        Id = MessageIds.Next(),
        Source = "/tests",
        Type = "test.letter",
        Time = DateTimeOffset.UnixEpoch,
        Data = data,
        Performative = performative,
    };

    internal static IReadOnlyList<object?> ReadAll(this BusQueue queue)
    {
        var all = new List<object?>();
        while (queue.TryRead(out var delivery))
            all.Add(delivery.Message.Data);
        return all;
    }
}
