using System.Collections.Concurrent;

namespace EdgeMas.Audio.Agents;

/// <summary>How hearing and speaking go. It outlives the agent's restarts. Any thread.</summary>
public sealed class AudioStatus
{
    private readonly ConcurrentDictionary<string, string> _troubles = new(StringComparer.Ordinal);
    private long _utterances;
    private long _notUnderstood;
    private long _droppedUtterances;
    private long _refusedTexts;
    private long _spoken;

    /// <summary>What does not work now and why, for people; null when all does.</summary>
    public string? Degraded => _troubles.IsEmpty ? null : string.Join("; ", _troubles.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}: {pair.Value}"));

    /// <summary>Utterances that went through the recognizer.</summary>
    public long Utterances => Interlocked.Read(ref _utterances);

    /// <summary>Those of them that gave no text.</summary>
    public long NotUnderstood => Interlocked.Read(ref _notUnderstood);

    /// <summary>Utterances of a microphone that were lost because the recognizer was too slow.</summary>
    public long DroppedUtterances => Interlocked.Read(ref _droppedUtterances);

    /// <summary>Texts to speak that were refused because too many waited.</summary>
    public long RefusedTexts => Interlocked.Read(ref _refusedTexts);

    /// <summary>Texts spoken.</summary>
    public long Spoken => Interlocked.Read(ref _spoken);

    internal void Report(string part, string trouble) => _troubles[part] = trouble;

    internal void Recovered(string part) => _troubles.TryRemove(part, out _);

    internal void CountUtterance(bool understood)
    {
        Interlocked.Increment(ref _utterances);
        if (!understood)
            Interlocked.Increment(ref _notUnderstood);
    }

    internal void CountDroppedUtterance() => Interlocked.Increment(ref _droppedUtterances);

    internal void CountRefusedText() => Interlocked.Increment(ref _refusedTexts);

    internal void CountSpoken() => Interlocked.Increment(ref _spoken);
}
