using EdgeMas.Core.Missions;

namespace EdgeMas.Reasoning.Tests.Coordination;

/// <summary>A store in memory that remembers every save, so that tests see what was durable when.</summary>
internal sealed class MissionList(params Mission[] left) : IMissionStore
{
    private readonly Lock _lock = new();
    private readonly List<Mission> _saved = [.. left];

    internal IReadOnlyList<Mission> Saved
    {
        get
        {
            lock (_lock)
                return [.. _saved];
        }
    }

    public void Save(Mission mission)
    {
        lock (_lock)
            _saved.Add(mission);
    }

    public IReadOnlyList<Mission> Unfinished() => [.. Latest().Where(mission => !mission.HasEnded)];

    public IReadOnlyList<Mission> Recent(int count) => [.. Latest().Reverse().Take(count)];

    public void Dispose()
    {
    }

    private IEnumerable<Mission> Latest() => Saved.GroupBy(mission => mission.Id).Select(group => group.Last());
}
