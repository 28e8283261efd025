using System.Collections.Immutable;

namespace EdgeMas.Core.Skills;

/// <summary>
/// Who offers which skill now, and which places the robot knows. Readers see one consistent snapshot; agents are added and removed as they start and stop.
/// Any thread.
/// </summary>
public sealed class SkillRegistry
{
    private ImmutableSortedDictionary<string, Entry> _skills = ImmutableSortedDictionary<string, Entry>.Empty.WithComparers(StringComparer.Ordinal);
    private ImmutableArray<string> _places = [];

    /// <summary>Every skill that at least one agent offers, in order of name.</summary>
    public IReadOnlyList<SkillDescriptor> Skills => [.. _skills.Values.Where(entry => entry.Agents.Length > 0).Select(entry => entry.Descriptor)];

    /// <summary>Names of known places, as <c>goto</c>-like skills take them.</summary>
    public IReadOnlyList<string> Places => _places;

    public void SetPlaces(IEnumerable<string> places) => _places = [.. places];

    public SkillDescriptor? Find(string name) => _skills.TryGetValue(name, out var entry) && entry.Agents.Length > 0 ? entry.Descriptor : null;

    /// <summary>Agents that offer the skill now; empty when none does.</summary>
    public IReadOnlyList<string> ProvidersOf(string name) => _skills.TryGetValue(name, out var entry) ? entry.Agents : [];

    /// <summary>Adds what an agent offers. Where another agent offers a skill of that name too, both are providers and the first description stands.</summary>
    public void Add(string agent, IEnumerable<SkillDescriptor> skills)
    {
        foreach (var skill in skills)
            ImmutableInterlocked.Update(ref _skills, (all, arguments) => all.SetItem(arguments.skill.Name, WithProvider(all, arguments.skill, arguments.agent)), (skill, agent));
    }

    public void Remove(string agent) => ImmutableInterlocked.Update(
        ref _skills, (all, name) => all.SetItems(all.Where(pair => pair.Value.Agents.Contains(name)).Select(pair => KeyValuePair.Create(pair.Key, pair.Value with { Agents = pair.Value.Agents.Remove(name) }))), agent);

    private static Entry WithProvider(ImmutableSortedDictionary<string, Entry> all, SkillDescriptor skill, string agent)
    {
        if (!all.TryGetValue(skill.Name, out var entry) || entry.Agents.Length == 0)
            return new Entry(skill, [agent]);
        return entry.Agents.Contains(agent) ? entry : entry with { Agents = entry.Agents.Add(agent) };
    }

    private sealed record Entry(SkillDescriptor Descriptor, ImmutableArray<string> Agents);
}
