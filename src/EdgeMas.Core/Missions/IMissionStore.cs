namespace EdgeMas.Core.Missions;

/// <summary>Keeps missions over a restart. Called by the coordinator only, one call at a time.</summary>
public interface IMissionStore : IDisposable
{
    /// <summary>Durable when it returns.</summary>
    void Save(Mission mission);

    /// <summary>Missions that a process left without an end, oldest first.</summary>
    IReadOnlyList<Mission> Unfinished();

    /// <summary>The newest missions, newest first.</summary>
    IReadOnlyList<Mission> Recent(int count);
}
