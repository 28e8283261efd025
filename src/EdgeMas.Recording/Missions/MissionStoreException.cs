namespace EdgeMas.Recording.Missions;

/// <summary>The missions' file cannot be used. Nothing in it was changed or deleted.</summary>
public sealed class MissionStoreException(string path, string trouble, string mend, Exception? inner = null)
    : IOException($"missions file '{path}': {trouble}. {mend}", inner)
{
    public string Path { get; } = path;
}
