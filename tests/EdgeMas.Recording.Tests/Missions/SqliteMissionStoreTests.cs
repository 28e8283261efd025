using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Missions;
using EdgeMas.Recording.Missions;
using Microsoft.Data.Sqlite;

namespace EdgeMas.Recording.Tests.Missions;

public sealed class SqliteMissionStoreTests : IDisposable
{
    private const string ChildFolder = "EDGEMAS_TEST_MISSION_FOLDER";

    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>A child process, which is killed, has its parent's.</summary>
    private readonly DirectoryInfo _folder = Environment.GetEnvironmentVariable(ChildFolder) is { Length: > 0 } parents ? new DirectoryInfo(parents) : Directory.CreateTempSubdirectory("edgemas-missions-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_saved_mission_comes_back_with_all_its_parts()
    {
        var mission = Mission("m1", MissionStatus.Running) with
        {
            Taint = Taint.Speech | Taint.Model,
            Round = 2,
            Reason = "größer",
            Steps =
            [
                new MissionStep(new PlanStep("drive", Json("""{"distance_m":10}""")), StepState.Completed, "motor", 12.5, "driven"),
                new MissionStep(new PlanStep("look_for", Json("""{"object":"red ball"}"""), WithPrevious: true, StepGuard.NotFound), StepState.Running, "vision", Found: true, Result: new JsonObject { ["x"] = 1 }),
            ],
        };
        using (var store = new SqliteMissionStore(FilePath))
            store.Save(mission);

        using var reopened = new SqliteMissionStore(FilePath);
        var back = Assert.Single(reopened.Unfinished());

        Assert.Equal(mission with { Steps = [] }, back with { Steps = [] });
        Assert.Equal(mission.Steps.Select(Text), back.Steps.Select(Text));
    }

    [Fact]
    public void Only_missions_without_an_end_are_unfinished_oldest_first()
    {
        using var store = new SqliteMissionStore(FilePath);
        store.Save(Mission("young", MissionStatus.Planning, seconds: 9));
        store.Save(Mission("old", MissionStatus.Running, seconds: 1));
        foreach (var ended in (MissionStatus[])[MissionStatus.Completed, MissionStatus.Refused, MissionStatus.Failed, MissionStatus.Cancelled])
            store.Save(Mission(ended.ToString(), ended));
        store.Save(Mission("later ended", MissionStatus.Running));
        store.Save(Mission("later ended", MissionStatus.Failed));

        Assert.Equal(["old", "young"], store.Unfinished().Select(mission => mission.Id));
    }

    [Fact]
    public void Recent_missions_come_newest_first_and_bounded()
    {
        using var store = new SqliteMissionStore(FilePath);
        for (var i = 0; i < 20; i++)
            store.Save(Mission($"m{i}", MissionStatus.Completed, seconds: i));

        Assert.Equal(["m19", "m18", "m17"], store.Recent(3).Select(mission => mission.Id));
        Assert.Equal(20, store.Recent(int.MaxValue).Count);
        Assert.Empty(store.Recent(0));
    }

    [Fact]
    public void A_store_answers_like_a_dictionary_does() =>
        Gen.Select(Gen.Int[0, 5], Gen.Enum<MissionStatus>(), Gen.Int[0, 5]).Array[0, 20].Sample(saves =>
        {
            var path = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.db");
            using var store = new SqliteMissionStore(path);
            var expected = new Dictionary<string, Mission>(StringComparer.Ordinal);
            foreach (var (id, status, seconds) in saves)
            {
                var mission = Mission($"m{id}", status, seconds);
                store.Save(mission);
                expected[mission.Id] = mission;
            }
            Assert.Equal(expected.Count, store.Recent(100).Count);
            Assert.Equal(
                expected.Values.Where(mission => !mission.HasEnded).Select(mission => (mission.Id, mission.Status, mission.Started)).Order(),
                store.Unfinished().Select(mission => (mission.Id, mission.Status, mission.Started)).Order());
        }, iter: 20, threads: 1);

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"id":"m1","order":null,"source":"console","taint":"none","status":"running","steps":[],"started":"2026-01-02T03:04:05+00:00"}""")]
    [InlineData("""{"id":"m1","order":"go","source":"console","taint":"none","status":"running","started":"2026-01-02T03:04:05+00:00"}""")]
    public void A_mission_with_parts_missing_is_told_and_not_resumed(string json)
    {
        using var store = new SqliteMissionStore(FilePath);
        store.Save(Mission("m1", MissionStatus.Running));
        using (var other = new SqliteConnection($"Data Source={FilePath};Pooling=False"))
        {
            other.Open();
            using var command = other.CreateCommand();
            command.CommandText = "UPDATE missions SET json = $json";
            command.Parameters.AddWithValue("$json", json);
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        Assert.Contains("mission 'm1' cannot be read", Assert.Throws<MissionStoreException>(store.Unfinished).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_process_sees_what_was_saved_while_the_file_is_open()
    {
        using var store = new SqliteMissionStore(FilePath);
        store.Save(Mission("m1", MissionStatus.Running));

        using var other = new SqliteMissionStore(FilePath);

        Assert.Single(other.Unfinished());
    }

    [Fact]
    public void A_copy_of_an_open_file_holds_every_save()
    {
        using var store = new SqliteMissionStore(FilePath);
        for (var i = 0; i < 5; i++)
            store.Save(Mission($"m{i}", MissionStatus.Running));
        var copy = Path.Combine(_folder.FullName, "copy.db");
        File.Copy(FilePath, copy);
        File.Copy(FilePath + "-wal", copy + "-wal");

        using var crashed = new SqliteMissionStore(copy);

        Assert.Equal(5, crashed.Unfinished().Count);
    }

    [Fact]
    public async Task Every_save_that_returned_survives_the_kill_of_its_process()
    {
        var saved = Path.Combine(_folder.FullName, "saved.txt");
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "EdgeMas.Recording.Tests"))
        {
            ArgumentList = { "-method", $"*{nameof(Child_that_saves_until_it_is_killed)}", "-explicit", "only" },
            Environment = { [ChildFolder] = _folder.FullName, ["DOTNET_EnableDiagnostics"] = "0" }, // else it would leave its debugging pipes behind
            RedirectStandardOutput = true,
        };
        using (var child = Process.Start(start)!)
        {
            var patience = Stopwatch.StartNew();
            while ((!File.Exists(saved) || ReadLines(saved).Length < 20) && !child.HasExited && patience.Elapsed < TimeSpan.FromSeconds(20))
                await Task.Delay(20);
            var output = child.HasExited ? await child.StandardOutput.ReadToEndAsync() : "";
            Assert.False(child.HasExited, output);
            child.Kill(); // SIGKILL
            await child.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
        }

        using var store = new SqliteMissionStore(FilePath);
        var found = store.Recent(SqliteMissionStore.MaxRecent).Select(mission => mission.Id).ToHashSet(StringComparer.Ordinal);

        Assert.True(ReadLines(saved).Length >= 20);
        Assert.All(ReadLines(saved), id => Assert.Contains(id, found));
    }

    [Fact(Explicit = true)]
    public void Child_that_saves_until_it_is_killed()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(ChildFolder) is { Length: > 0 }, "runs as a child process of another test only");
        using var store = new SqliteMissionStore(FilePath);
        using var saved = new StreamWriter(Path.Combine(_folder.FullName, "saved.txt")) { AutoFlush = true };
        for (var i = 0; i < 900; i++)
        {
            store.Save(Mission($"m{i}", MissionStatus.Running, i));
            saved.Write($"m{i}\n");
        }
        using var forever = new ManualResetEventSlim();
        forever.Wait(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_file_that_is_no_database_is_named_and_left_alone()
    {
        var junk = "these are not the missions you are looking for, they are plain text and more than a page header of it"u8.ToArray();
        File.WriteAllBytes(FilePath, junk);

        var error = Assert.Throws<MissionStoreException>(() => new SqliteMissionStore(FilePath));

        Assert.Equal(FilePath, error.Path);
        Assert.Contains(FilePath, error.Message);
        Assert.Contains("aside", error.Message);
        Assert.Equal(junk, File.ReadAllBytes(FilePath));
    }

    [Fact]
    public void A_damaged_page_is_found_at_the_start()
    {
        using (var store = new SqliteMissionStore(FilePath))
        {
            for (var i = 0; i < 200; i++)
                store.Save(Mission($"m{i}", MissionStatus.Running));
        }
        var bytes = File.ReadAllBytes(FilePath);
        bytes.AsSpan(4_096, Math.Min(8_192, bytes.Length - 4_096)).Fill(0xA5);
        File.WriteAllBytes(FilePath, bytes);

        var error = Assert.Throws<MissionStoreException>(() => new SqliteMissionStore(FilePath));

        Assert.Contains("aside", error.Message);
        Assert.Equal(bytes, File.ReadAllBytes(FilePath));
    }

    [Fact]
    public void A_database_of_another_program_and_one_of_a_newer_version_are_refused()
    {
        var foreign = Path.Combine(_folder.FullName, "foreign.db");
        Run(foreign, "CREATE TABLE recipes (name TEXT)");
        using (new SqliteMissionStore(FilePath))
        {
        }
        Run(FilePath, "PRAGMA user_version = 99");

        Assert.Contains("another program", Assert.Throws<MissionStoreException>(() => new SqliteMissionStore(foreign)).Message);
        Assert.Contains("version 99", Assert.Throws<MissionStoreException>(() => new SqliteMissionStore(FilePath)).Message);
    }

    [Fact]
    public void A_folder_in_the_files_place_says_what_to_do()
    {
        Directory.CreateDirectory(FilePath);

        Assert.Contains("another file", Assert.Throws<MissionStoreException>(() => new SqliteMissionStore(FilePath)).Message);
    }

    [Fact]
    public void A_missing_folder_is_made()
    {
        using var store = new SqliteMissionStore(Path.Combine(_folder.FullName, "a", "b", "missions.db"));

        Assert.Empty(store.Recent(10));
    }

    private string FilePath => Path.Combine(_folder.FullName, "missions.db");

    private static Mission Mission(string id, MissionStatus status, int seconds = 0) =>
        new(id, "go forward ten meters", "speech", Taint.Speech, status, [], Start.AddSeconds(seconds));

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();

    private static string Text(MissionStep step) => JsonSerializer.Serialize(step, Core.EdgeMasJson.Default.MissionStep);

    private static string[] ReadLines(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').SkipLast(1)]; // the last line may be half written
    }

    private static void Run(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
