namespace EdgeMas.Reasoning.Planning;

/// <summary>Plans that a mission's earlier attempts gave, so that a later one gives another. Keeps the newest missions only. One thread.</summary>
internal sealed class RejectedPlans
{
    private const int Capacity = 32;

    private readonly Queue<string> _missions = new();
    private readonly Dictionary<string, HashSet<string>> _plans = new(StringComparer.Ordinal);

    /// <summary>A first attempt knows of none.</summary>
    internal void Begin(string mission)
    {
        if (!_plans.ContainsKey(mission))
            _missions.Enqueue(mission);
        _plans[mission] = new HashSet<string>(StringComparer.Ordinal);
        while (_missions.Count > Capacity)
            _plans.Remove(_missions.Dequeue());
    }

    internal void Add(string mission, string plan)
    {
        if (_plans.TryGetValue(mission, out var plans))
            plans.Add(plan);
    }

    internal bool Contains(string mission, string plan) => _plans.TryGetValue(mission, out var plans) && plans.Contains(plan);
}
