using System.Collections.Concurrent;
using EdgeMas.Core.Models;

namespace EdgeMas.Inference.Engine;

/// <summary>What each agent asked since the start. Any thread. Names come from outside: once there are many, new ones share an entry.</summary>
internal sealed class AgentBook
{
    /// <summary>The name of those for whom no entry was left.</summary>
    internal const string Others = "(others)";

    private const int MostAgents = 64;

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    internal Entry EntryOf(string agent) =>
        _entries.TryGetValue(agent, out var entry) ? entry : _entries.GetOrAdd(_entries.Count < MostAgents ? agent : Others, static _ => new Entry());

    /// <summary>By name.</summary>
    internal IReadOnlyList<AgentModelCounters> Read() => [.. _entries.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => each.Value.Read(each.Key))];

    internal sealed class Entry
    {
        private int _running, _waiting;
        private long _requests, _prompt, _reused, _generated;

        internal void Wait() => Interlocked.Increment(ref _waiting);

        internal void Begin()
        {
            Interlocked.Decrement(ref _waiting);
            Interlocked.Increment(ref _running);
        }

        /// <summary>It was waiting and does no more.</summary>
        internal void Leave() => Interlocked.Decrement(ref _waiting);

        internal void End() => Interlocked.Decrement(ref _running);

        internal void Add(GenerationResult result)
        {
            Interlocked.Increment(ref _requests);
            Interlocked.Add(ref _prompt, result.PromptTokens);
            Interlocked.Add(ref _reused, result.ReusedTokens);
            Interlocked.Add(ref _generated, result.GeneratedTokens);
        }

        internal AgentModelCounters Read(string agent) => new(
            agent, Volatile.Read(ref _running), Volatile.Read(ref _waiting), Interlocked.Read(ref _requests), Interlocked.Read(ref _prompt), Interlocked.Read(ref _reused),
            Interlocked.Read(ref _generated));
    }
}
