using System.Numerics;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Mqtt.Link;

/// <summary>A link's state as others see it, and its log: each change of state once, with its reason; what repeats at the 1st, 2nd, 4th, 8th, … time. Any thread.</summary>
internal sealed partial class LinkStatus(string endpoint, ILogger logger)
{
    private long _sent;
    private long _received;
    private long _refused;
    private long _unsendable;
    private int _reconnects;
    private volatile string? _lastError;

    internal bool IsConnected { get; private set; }

    internal string? LastError => _lastError;

    internal long Sent => Interlocked.Read(ref _sent);

    internal long Received => Interlocked.Read(ref _received);

    internal long Refused => Interlocked.Read(ref _refused);

    internal int Reconnects => Volatile.Read(ref _reconnects);

    internal void Connect(bool again)
    {
        if (again)
            Interlocked.Increment(ref _reconnects);
        _lastError = null;
        IsConnected = true;
        LogConnected(logger, endpoint);
    }

    /// <summary>Attempts that fail for the same reason are told once.</summary>
    internal void Fail(string reason)
    {
        var isNew = IsConnected || reason != _lastError;
        IsConnected = false;
        _lastError = reason;
        if (isNew)
            LogFailed(logger, endpoint, reason);
    }

    internal void Close()
    {
        IsConnected = false;
        LogClosed(logger, endpoint);
    }

    internal void Send() => Interlocked.Increment(ref _sent);

    internal void Receive() => Interlocked.Increment(ref _received);

    internal void Refuse(string topic, string reason)
    {
        if (Interlocked.Increment(ref _refused) is var count && BitOperations.IsPow2(count))
            LogRefused(logger, topic, reason, count);
    }

    /// <summary>A message of ours cannot be sent, now or later.</summary>
    internal void GiveUp(string topic, string reason)
    {
        if (Interlocked.Increment(ref _unsendable) is var count && BitOperations.IsPow2(count))
            LogGivenUp(logger, topic, reason, count);
        _lastError = $"'{topic}' was not sent: {reason}";
    }

    internal void RefuseSubscription(string filter, string reason)
    {
        _lastError = $"subscription to '{filter}' refused: {reason}";
        LogRefusedSubscription(logger, filter, reason);
    }

    [LoggerMessage(LogLevel.Information, "Connected to {Endpoint}")]
    private static partial void LogConnected(ILogger logger, string endpoint);

    [LoggerMessage(LogLevel.Warning, "No connection to {Endpoint}: {Reason}; trying again")]
    private static partial void LogFailed(ILogger logger, string endpoint, string reason);

    [LoggerMessage(LogLevel.Information, "Connection to {Endpoint} closed")]
    private static partial void LogClosed(ILogger logger, string endpoint);

    [LoggerMessage(LogLevel.Warning, "Refused a message on {Topic}: {Reason}; {Count} refused so far")]
    private static partial void LogRefused(ILogger logger, string topic, string reason, long count);

    [LoggerMessage(LogLevel.Warning, "Could not send a message on {Topic}: {Reason}; {Count} given up so far")]
    private static partial void LogGivenUp(ILogger logger, string topic, string reason, long count);

    [LoggerMessage(LogLevel.Error, "The broker refuses the subscription to {Filter}: {Reason}")]
    private static partial void LogRefusedSubscription(ILogger logger, string filter, string reason);
}
