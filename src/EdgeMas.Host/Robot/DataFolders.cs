using System.Globalization;

namespace EdgeMas.Host.Robot;

/// <summary>Where one robot keeps its files. Holding the lock file keeps a second process out of the same folder.</summary>
internal sealed class DataFolders : IDisposable
{
    private readonly FileStream _lock;

    private DataFolders(string root, string run, FileStream held)
    {
        Root = root;
        Run = run;
        _lock = held;
    }

    public string Root { get; }

    /// <summary>This start's own folder: log and events.</summary>
    public string Run { get; }

    public string Missions => Path.Combine(Root, "missions.db");

    public string Pictures => Path.Combine(Root, "pictures");

    public string Speech => Path.Combine(Run, "speech.wav");

    public string Events => Path.Combine(Run, "events.jsonl");

    public string Log => Path.Combine(Run, "edgemas.log");

    public string BrokerFile => BrokerFileOf(Root);

    public static string BrokerFileOf(string root) => Path.Combine(root, "run", "broker.json");

    /// <exception cref="IOException">Another process uses the folder, or it cannot be written.</exception>
    public static DataFolders Open(string root, DateTimeOffset now)
    {
        root = Path.GetFullPath(root);
        Directory.CreateDirectory(Path.Combine(root, "run"));
        Directory.CreateDirectory(Path.Combine(root, "pictures"));
        var held = Lock(Path.Combine(root, "run", "lock"));
        var stamp = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
        var run = Path.Combine(root, "runs", stamp);
        for (var again = 2; Directory.Exists(run); again++)
            run = Path.Combine(root, "runs", $"{stamp}-{again}");
        Directory.CreateDirectory(run);
        return new DataFolders(root, run, held);
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error)
        {
            throw new IOException($"another edgemas uses the data folder {Path.GetDirectoryName(Path.GetDirectoryName(path))}: stop it, or name another with --data", error);
        }
    }
}
