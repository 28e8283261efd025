using System.Diagnostics;
using System.Text.Json.Nodes;
using EdgeMas.Control.Desk;
using EdgeMas.Control.Goals;
using EdgeMas.Control.Pacing;
using EdgeMas.Control.Process;
using EdgeMas.Host.CommandLine;

namespace EdgeMas.Host.Bench;

/// <summary>From the death of a host that drives, by SIGKILL at a random moment, to the brakes.</summary>
internal sealed class KillBench(int count, bool load, int? processor)
{
    /// <summary>Hosts after whose death it took longer than the limit.</summary>
    public const string LateName = "late";

    private const int RateHz = 1000;

    private static readonly TimeSpan HostPatience = CoreSettings.DefaultHostPatience;
    private static readonly TimeSpan Limit = HostPatience + TimeSpan.FromSeconds(2.0 / RateHz);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestLife = TimeSpan.FromMilliseconds(400);

    /// <param name="progress">Hosts killed so far.</param>
    /// <exception cref="IOException">The core does not start.</exception>
    /// <exception cref="TimeoutException">A host did not drive, or the base did not brake.</exception>
    public async Task<JsonObject> RunAsync(IProgress<int>? progress, CancellationToken cancellationToken)
    {
        using var robot = new BenchRobot(RateHz, processor, HostPatience, isHost: false);
        using var busy = load ? new BusyLoad() : null;
        var latency = new LatenessHistogram();
        var random = new Random(1);
        var late = 0;
        for (var i = 0; i < count; i++)
        {
            var taken = await KillOneAsync(robot, random.NextDouble() * LongestLife, cancellationToken);
            latency.Add((long)taken.TotalNanoseconds);
            late += taken > Limit ? 1 : 0;
            progress?.Report(i + 1);
        }
        return new JsonObject
        {
            ["killed"] = count,
            ["braked"] = count,
            [LateName] = late,
            ["limit_ms"] = Limit.TotalMilliseconds,
            ["load"] = load ? $"{Environment.ProcessorCount} busy threads in this process" : "none",
            ["kill_to_brakes"] = ControlBench.Describe(latency.Read()),
        };
    }

    /// <summary>Takes a base over from a core and drives it to and fro, until it is killed.</summary>
    /// <exception cref="IOException">There is no such core, or another host has its base.</exception>
    public static async Task DriveAsync(string region, string settings, CancellationToken cancellationToken)
    {
        using var desk = MotionDesk.Attach(region, CoreSettings.Parse(File.ReadAllBytes(settings)));
        using var heartbeat = new Heartbeat(desk);
        await ToAndFro.MoveAsync(desk, static metres => MotionGoal.Drive(metres), way: 1.5, cancellationToken);
    }

    private static async Task<TimeSpan> KillOneAsync(BenchRobot robot, TimeSpan life, CancellationToken cancellationToken)
    {
        var program = Environment.ProcessPath ?? throw new FailureException("this process does not know its own program");
        using var host = Process.Start(new ProcessStartInfo(program, ["bench", "driver", robot.Paths.Region, robot.Paths.Settings]) { UseShellExecute = false, Environment = { ["DOTNET_EnableDiagnostics"] = "0" } }) // else each leaves its debugging pipes behind
            ?? throw new FailureException($"{program} does not start");
        try
        {
            await UntilAsync(() => !robot.Body.IsBraked, "a host does not drive", cancellationToken);
            await Task.Delay(life, TimeProvider.System, cancellationToken);
            await UntilAsync(() => !robot.Body.IsBraked, "a host does not drive", cancellationToken); // between two drives it stands
        }
        catch
        {
            host.Kill();
            throw;
        }
        var killed = TimeProvider.System.GetTimestamp();
        host.Kill();
        await UntilAsync(() => robot.Body.IsBraked && robot.Body.BrakedAt >= killed, "the base did not brake after its host's death", cancellationToken);
        await host.WaitForExitAsync(cancellationToken);
        return TimeProvider.System.GetElapsedTime(killed, robot.Body.BrakedAt);
    }

    private static async Task UntilAsync(Func<bool> condition, string failure, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
                throw new TimeoutException($"{failure} within {Patience.TotalSeconds:0} s");
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellationToken);
        }
    }
}
