using Microsoft.Data.Sqlite;

namespace EdgeMas.Recording.Missions;

/// <summary>Opens the missions' file, makes its tables, and says in words what SQLite says in numbers.</summary>
internal static class MissionFile
{
    internal const string MoveAside = "Move the file (and its -wal and -shm neighbours) aside to start with an empty one; it is left as it is for recovery";

    /// <summary>"EdMM", as the file's application_id: a database of another program is not touched.</summary>
    private const long ApplicationId = 0x45644D4D;

    private const long Version = 1;

    // SQLite's primary result codes; https://www.sqlite.org/rescode.html
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    internal static SqliteConnection Open(string path)
    {
        SqliteConnection? connection = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 5 }.ToString());
            connection.Open();
            CheckOwner(connection, path);
            Run(connection, "PRAGMA journal_mode = WAL");
            Run(connection, "PRAGMA synchronous = FULL");
            CheckHealth(connection, path);
            MakeTables(connection);
            var opened = connection;
            connection = null;
            return opened;
        }
        catch (SqliteException error)
        {
            throw Explain(path, "open it", error);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException and not MissionStoreException)
        {
            throw new MissionStoreException(path, $"its folder cannot be made: {error.Message}", "Name another file in the configuration", error);
        }
        finally
        {
            connection?.Dispose();
        }
    }

    internal static MissionStoreException Explain(string path, string what, SqliteException error)
    {
        var mend = error.SqliteErrorCode switch
        {
            Corrupt or NotADatabase => MoveAside,
            Busy or Locked => "Another process holds it: stop that one, or give each robot its own file",
            ReadOnly or CannotOpen => "Give this user the right to write the file and its folder, or name another file in the configuration",
            Full => "Free some space on its disk",
            InputOutput => "Look after its disk: the operating system reports an error of input or output",
            _ => "Run 'sqlite3 FILE \"PRAGMA integrity_check\"' to see more",
        };
        return new MissionStoreException(path, $"cannot {what}: {error.Message}", mend, error);
    }

    private static void CheckOwner(SqliteConnection connection, string path)
    {
        var owner = Run(connection, "PRAGMA application_id");
        var isEmpty = Run(connection, "SELECT count(*) FROM sqlite_schema") == 0;
        if (owner != ApplicationId && !(isEmpty && owner == 0))
            throw new MissionStoreException(path, "it is a database of another program", "Name another file in the configuration");
        var version = Run(connection, "PRAGMA user_version");
        if (version > Version)
            throw new MissionStoreException(path, $"it has version {version}, and this program knows {Version}", "Run the newer EdgeMas that wrote it, or name another file");
    }

    private static void CheckHealth(SqliteConnection connection, string path)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA quick_check(1)";
        if (command.ExecuteScalar() is string and not "ok" and var damage)
            throw new MissionStoreException(path, $"it is damaged: {damage}", MoveAside);
    }

    private static void MakeTables(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        if (Run(connection, "PRAGMA user_version", transaction) == 0)
        {
            Run(connection,
                $"""
                CREATE TABLE missions (
                    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
                    id TEXT NOT NULL UNIQUE,
                    status TEXT NOT NULL,
                    unfinished INTEGER NOT NULL,
                    started INTEGER NOT NULL,
                    json TEXT NOT NULL);
                CREATE INDEX missions_unfinished ON missions (started) WHERE unfinished = 1;
                CREATE INDEX missions_started ON missions (started);
                PRAGMA application_id = {ApplicationId};
                PRAGMA user_version = {Version};
                """, transaction);
        }
        transaction.Commit();
    }

    private static long Run(SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        return command.ExecuteScalar() is long number ? number : 0;
    }
}
