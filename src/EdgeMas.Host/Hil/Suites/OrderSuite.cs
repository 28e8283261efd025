using System.Text.Json;
using EdgeMas.Host.CommandLine;
using EdgeMas.Host.Configuration;

namespace EdgeMas.Host.Hil.Suites;

/// <summary>The main job: <c>edgemas run</c> on the board, as a process of its own, with an order in words and a rover of chips.</summary>
internal sealed class OrderSuite : HilSuite
{
    /// <summary>Wider than the rover suite's: model, agents and world share the board's one processor, and edges that come late may merge.</summary>
    private const double WayTolerance = 0.25;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(150);

    private BenchRover? _rover;

    public override string Name => "order";

    public override string Description => "'edgemas run' on the board: an order in words becomes ten metres, through model, agents, envelope, kernel, chips";

    public override double UsualSeconds => 27;

    public override IReadOnlyList<HilCase> Cases =>
    [
        new("an order in words drives ten metres in the world", bench =>
        {
            var start = Rover.World.TruePose;
            var summary = Run(bench, "drive forward ten meters");
            var along = Rover.World.TruePose.X - start.X;
            bench.Note(FormattableString.Invariant($"{along:F3} m along"));
            HilBench.True(summary.RootElement.GetProperty("summary").GetProperty("status").GetString() == "completed", $"the mission was not completed: {summary.RootElement.GetRawText()}");
            HilBench.Near(10, along, WayTolerance, "metres along");
        }),
    ];

    public override IReadOnlyList<HilFault> Faults => [new("bridge-dead", _ => Rover.Wired.Faults.BridgeDead = true)];

    private BenchRover Rover => _rover ?? throw new HilFailure("the rover was not set up");

    public override void SetUp(HilBench bench)
    {
        var configuration = ConfigurationReader.Read(BenchRover.ConfigurationFile());
        _rover = new BenchRover(bench, configuration, configuration.World);
    }

    public override void TearDown()
    {
        _rover?.Dispose();
        _rover = null;
    }

    private static JsonDocument Run(HilBench bench, string order)
    {
        BoardProgram.Run("ip", ["link", "set", "up", "lo"], Limit, bench.Time, out _); // the robot's own broker listens there
        // The world does not wait for the robot's computer: on the board's one processor the world goes first.
        var exit = BoardProgram.Run("nice", ["-n", "10", .. OwnProgram.Words, "run", BenchRover.ConfigurationFile(), "--order", order, "--headless", "--json", "--data", "/run/order"], Limit, bench.Time, out var output);
        var last = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault(line => line.StartsWith("{\"summary\"", StringComparison.Ordinal));
        return last is null ? throw new HilFailure($"edgemas run ended with {exit} and without a summary: {output}") : JsonDocument.Parse(last);
    }
}
