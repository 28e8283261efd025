using System.Text.Json;
using EdgeMas.EndToEnd.Program;
using EdgeMas.Testing;

namespace EdgeMas.EndToEnd;

/// <summary>The main job, run as a user runs it: a person's recorded voice, the real planner, a real broker, the simulated yard.</summary>
public sealed class MainJobTests
{
    private const string SecondOrder = "turn left, then look for the red ball and take a picture of it";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    public async Task The_spoken_order_ends_within_ten_centimetres_of_ten_metres_and_the_typed_one_with_a_picture_of_the_ball(int seed)
    {
        using var run = await RobotRun.DriveAsync("--raw", SharedFiles.RequireGoForward(), "--order", SecondOrder, "--seed", $"{seed}");

        Assert.True(run.ExitCode == 0, run.Account);
        var summary = run.Summary;
        Assert.Equal("go forward ten meters", summary.GetProperty("heard").GetString());
        var (start, truth) = (summary.GetProperty("truth_start"), summary.GetProperty("truth"));
        var driven = Math.Sqrt(Math.Pow(Number(truth, "x") - Number(start, "x"), 2) + Math.Pow(Number(truth, "y") - Number(start, "y"), 2));
        Assert.InRange(driven, 9.90, 10.10);
        Assert.Equal("completed", summary.GetProperty("status").GetString());
        Assert.Equal(["turn", "look_for", "take_photo"], summary.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("name").GetString()));
        var photo = summary.GetProperty("steps")[2].GetProperty("result");
        Assert.Contains(photo.GetProperty("detections").EnumerateArray(), seen => seen.GetProperty("label").GetString() == "red ball");
        Assert.Equal([0xFF, 0xD8], File.ReadAllBytes(summary.GetProperty("picture").GetString()!)[..2]); // a JPEG
        Assert.True(Number(summary, "broker_messages") > 50, "the steps crossed the broker");
    }

    [Fact]
    public async Task A_configuration_with_an_unknown_key_is_refused_with_its_line()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "fleet: yard\nrobott: rover\n");
            using var run = await RobotRun.ProgramAsync(["run", file]);

            Assert.Equal(2, run.ExitCode);
            Assert.Contains(":2:", run.Errors);
            Assert.Contains("robott", run.Errors);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_batch_of_orders_gives_one_plan_a_line()
    {
        const string Order = """{"user":"drive two meters","tools":[{"name":"drive","parameters":{"distance_m":"number"}}],"places":[]}""";
        using var run = await RobotRun.ProgramAsync(["plan", "--json", "--batch", "-"], $"{Order}\n{Order}\n");

        Assert.True(run.ExitCode == 0, run.Account);
        Assert.Equal(2, run.Lines.Count);
        Assert.All(run.Lines, line => Assert.Equal("""[{"name":"drive","arguments":{"distance_m":2}}]""", line));
    }

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();
}
