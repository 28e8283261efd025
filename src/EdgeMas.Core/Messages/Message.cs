namespace EdgeMas.Core.Messages;

/// <summary>
/// A CloudEvents 1.0 envelope with EdgeMas extensions. Immutable; shared by reference inside the process and between threads.
/// </summary>
/// <remarks>Serialized only when it leaves the process. Source: CloudEvents 1.0.2, https://github.com/cloudevents/spec.</remarks>
public sealed record Message
{
    /// <summary>Unique for its <see cref="Source"/>.</summary>
    public required string Id { get; init; }

    /// <summary>Who sent it, a URI reference such as <c>/agents/planner</c>.</summary>
    public required string Source { get; init; }

    /// <summary>What it is about, such as <c>edgemas.speech.heard</c>; <see cref="Events.MessageTypes"/> lists those of this system.</summary>
    public required string Type { get; init; }

    public required DateTimeOffset Time { get; init; }

    public string? Subject { get; init; }

    public string DataContentType { get; init; } = "application/json";

    /// <summary>
    /// The body by reference: one of the records in <see cref="Events"/>, a <see cref="string"/> (text/plain), a
    /// <see cref="System.Text.Json.JsonElement"/> (a JSON body of a type unknown here), or bytes as <see cref="ReadOnlyMemory{T}"/>.
    /// </summary>
    public object? Data { get; init; }

    public Performative Performative { get; init; }

    /// <summary>The <see cref="Id"/> of the request that this answers, or the mission that it belongs to.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>After this the message is of no use and may be dropped unread.</summary>
    public DateTimeOffset? Deadline { get; init; }

    public MessagePriority Priority { get; init; } = MessagePriority.Interactive;

    /// <summary>W3C trace context.</summary>
    public string? TraceParent { get; init; }

    public Taint Taint { get; init; }
}
