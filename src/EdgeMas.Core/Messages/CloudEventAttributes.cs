namespace EdgeMas.Core.Messages;

/// <summary>
/// A message's attributes as name and text, for CloudEvents' binary mode, where the body travels by itself: MQTT user properties, HTTP headers.
/// The content type is not among them; it has a place of its own there. Any thread.
/// </summary>
/// <remarks>Source: CloudEvents 1.0.2, MQTT protocol binding, section 3.1.</remarks>
public static class CloudEventAttributes
{
    public const string SpecVersion = "specversion";
    public const string Id = "id";
    public const string Source = "source";
    public const string Type = "type";
    public const string Time = "time";
    public const string Subject = "subject";
    public const string Performative = "performative";
    public const string CorrelationId = "correlationid";
    public const string Deadline = "deadline";
    public const string Priority = "priority";
    public const string TraceParent = "traceparent";
    public const string Taint = "taint";

    /// <summary>More attributes than this are refused.</summary>
    private const int MaxAttributes = 64;

    /// <summary>Those that are set; what is at its default is left out.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(Message message)
    {
        yield return new(SpecVersion, "1.0");
        yield return new(Id, message.Id);
        yield return new(Source, message.Source);
        yield return new(Type, message.Type);
        yield return new(Time, AttributeText.Write(message.Time));
        if (message.Subject is { } subject)
            yield return new(Subject, subject);
        if (message.Performative != default)
            yield return new(Performative, AttributeText.Write(message.Performative));
        if (message.CorrelationId is { } correlation)
            yield return new(CorrelationId, correlation);
        if (message.Deadline is { } deadline)
            yield return new(Deadline, AttributeText.Write(deadline));
        if (message.Priority != MessagePriority.Interactive)
            yield return new(Priority, AttributeText.Write(message.Priority));
        if (message.TraceParent is { } trace)
            yield return new(TraceParent, trace);
        if (message.Taint != default)
            yield return new(Taint, AttributeText.Write(message.Taint));
    }

    /// <summary>Makes a message of untrusted attributes and body.</summary>
    /// <param name="attributes">Names that are not known are passed over. A missing specversion or time is forgiven.</param>
    /// <param name="contentType">Null is JSON, as CloudEvents has it.</param>
    /// <param name="now">The time of a message that carries none.</param>
    /// <exception cref="FormatException">Not a message within the limits; the text says which attribute or where in the body.</exception>
    public static Message Read(
        IEnumerable<KeyValuePair<string, string>> attributes, string? contentType, ReadOnlySpan<byte> body, DateTimeOffset now, CloudEventLimits? limits = null)
    {
        limits ??= CloudEventLimits.Default;
        var given = ReadEnvelope(attributes, contentType, now, limits);
        return given with { Data = MessageBody.Decode(given.Type, given.DataContentType, body, limits) };
    }

    internal static Message ReadEnvelope(IEnumerable<KeyValuePair<string, string>> attributes, string? contentType, DateTimeOffset now, CloudEventLimits limits)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var count = 0;
        foreach (var (name, text) in attributes)
        {
            if (++count > MaxAttributes)
                throw new FormatException($"more than {MaxAttributes} attributes");
            if (IsKnown(name) && !known.TryAdd(name, AttributeText.Check(name, text, limits)))
                throw new FormatException($"attribute {name} is there twice");
        }
        if (known.TryGetValue(SpecVersion, out var version) && version != "1.0")
            throw new FormatException($"attribute specversion: this reads CloudEvents 1.0, not '{version}'");
        return new Message
        {
            Id = Require(known, Id),
            Source = Require(known, Source),
            Type = Require(known, Type),
            Time = known.TryGetValue(Time, out var time) ? AttributeText.ReadTime(Time, time) : now,
            Subject = known.GetValueOrDefault(Subject),
            DataContentType = contentType is null ? "application/json" : AttributeText.Check("datacontenttype", contentType, limits),
            Performative = known.TryGetValue(Performative, out var performative) ? AttributeText.ReadPerformative(performative) : default,
            CorrelationId = known.GetValueOrDefault(CorrelationId),
            Deadline = known.TryGetValue(Deadline, out var deadline) ? AttributeText.ReadTime(Deadline, deadline) : null,
            Priority = known.TryGetValue(Priority, out var priority) ? AttributeText.ReadPriority(priority) : MessagePriority.Interactive,
            TraceParent = known.GetValueOrDefault(TraceParent),
            Taint = known.TryGetValue(Taint, out var taint) ? AttributeText.ReadTaint(taint) : default,
        };
    }

    internal static bool IsKnown(string name) =>
        name is SpecVersion or Id or Source or Type or Time or Subject or Performative or CorrelationId or Deadline or Priority or TraceParent or Taint;

    private static string Require(Dictionary<string, string> known, string name) =>
        known.TryGetValue(name, out var text) ? text : throw new FormatException($"attribute {name} is missing");
}
