using System.Text;
using System.Text.Json;
using EdgeMas.Core;
using EdgeMas.Core.Missions;
using Microsoft.Data.Sqlite;

namespace EdgeMas.Recording.Missions;

/// <summary>
/// Missions in one SQLite file: a row a mission, as JSON with the columns that are asked for beside it. Each <see cref="Save"/> is on the disk when it
/// returns (write-ahead log, synchronous), whatever happens to the process or the power afterwards. One call at a time; a lock sees to it.
/// </summary>
public sealed class SqliteMissionStore : IMissionStore
{
    /// <summary>Most missions that <see cref="Recent"/> returns.</summary>
    public const int MaxRecent = 1_000;

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly SqliteConnection _connection;

    /// <param name="path">The file; made when it is not there, with its folder.</param>
    /// <exception cref="MissionStoreException">The file cannot be opened, is damaged, is no missions file, or is a newer version's.</exception>
    public SqliteMissionStore(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _path = Path.GetFullPath(path);
        _connection = MissionFile.Open(_path);
    }

    public void Save(Mission mission) => Try("save mission " + mission.Id, () =>
    {
        using var command = Command(
            """
            INSERT INTO missions (id, status, unfinished, started, json) VALUES ($id, $status, $unfinished, $started, $json)
            ON CONFLICT (id) DO UPDATE SET status = excluded.status, unfinished = excluded.unfinished, started = excluded.started, json = excluded.json
            """);
        command.Parameters.AddWithValue("$id", mission.Id);
        command.Parameters.AddWithValue("$status", JsonNamingPolicy.SnakeCaseLower.ConvertName(mission.Status.ToString()));
        command.Parameters.AddWithValue("$unfinished", mission.HasEnded ? 0 : 1);
        command.Parameters.AddWithValue("$started", mission.Started.ToUnixTimeMilliseconds());
        command.Parameters.AddWithValue("$json", Write(mission));
        return command.ExecuteNonQuery();
    });

    public IReadOnlyList<Mission> Unfinished() => Try("read unfinished missions", () =>
    {
        using var command = Command("SELECT id, json FROM missions WHERE unfinished = 1 ORDER BY started, sequence");
        return Read(command);
    });

    /// <param name="count">At most <see cref="MaxRecent"/> are returned.</param>
    public IReadOnlyList<Mission> Recent(int count) => Try("read recent missions", () =>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        using var command = Command("SELECT id, json FROM missions ORDER BY started DESC, sequence DESC LIMIT $count");
        command.Parameters.AddWithValue("$count", Math.Min(count, MaxRecent));
        return Read(command);
    });

    public void Dispose()
    {
        lock (_lock)
            _connection.Dispose();
    }

    private SqliteCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private List<Mission> Read(SqliteCommand command)
    {
        var missions = new List<Mission>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
            missions.Add(Parse(reader.GetString(0), reader.GetString(1)));
        return missions;
    }

    private Mission Parse(string id, string json)
    {
        try
        {
            return (Mission?)JsonSerializer.Deserialize(json, EdgeMasJson.Strict.GetTypeInfo(typeof(Mission))) ?? throw new JsonException("null");
        }
        catch (JsonException error)
        {
            throw new MissionStoreException(_path, $"mission '{id}' cannot be read: {error.Message}", MissionFile.MoveAside, error);
        }
    }

    private T Try<T>(string what, Func<T> act)
    {
        lock (_lock)
        {
            try
            {
                return act();
            }
            catch (SqliteException error)
            {
                throw MissionFile.Explain(_path, what, error);
            }
        }
    }

    private static string Write(Mission mission)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, EdgeMasJson.WriterOptions))
            JsonSerializer.Serialize(writer, mission, EdgeMasJson.Default.Mission);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
