using System.Globalization;
using EdgeMas.Control.Body;
using EdgeMas.Control.Desk;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Pacing;
using EdgeMas.Control.Process;
using EdgeMas.Simulation.Clock;
using EdgeMas.Simulation.Description;
using EdgeMas.Simulation.Rover;
using EdgeMas.Simulation.Running;
using EdgeMas.Simulation.World;

namespace EdgeMas.Host.Bench;

/// <summary>A rover to measure with: its yard in this process, its control loop in edgemas-control.</summary>
internal sealed class BenchRobot : IDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(20);

    private readonly string _name = $"/dev/shm/edgemas-bench-{Environment.ProcessId}";
    private readonly SimulationRunner _runner;
    private readonly Heartbeat? _heartbeat;
    private readonly System.Diagnostics.Process _process;

    /// <param name="hostPatience">Null where a starved host shall not change what is measured.</param>
    /// <param name="isHost">False leaves the base to another process.</param>
    public BenchRobot(int rateHz, int? processor, TimeSpan? hostPatience = null, bool isHost = true)
    {
        var clock = new VirtualClock();
        var world = new YardWorld(WorldDescription.Yard());
        Body = new RoverPump($"{_name}.body", new SimulatedRover(world, clock), TimeProvider.System);
        _runner = new SimulationRunner(world, clock, Body.Step);
        _runner.Start();
        var usual = new CoreSettings();
        var settings = usual with
        {
            RateHz = rateHz,
            Envelope = usual.Envelope with { HostPatience = hostPatience ?? TimeSpan.FromSeconds(5), ReadingPatience = TimeSpan.FromSeconds(5) },
            Control = new ControlOptions { StartPose = world.TruePose },
        };
        Program = CoreProcess.Find();
        using (var warm = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(Program, "--help") { UseShellExecute = false, RedirectStandardOutput = true })!)
            warm.StandardOutput.ReadToEnd(); // so that this process's own compiler is not measured
        var began = TimeProvider.System.GetTimestamp();
        _process = CoreProcess.Start(Program, settings, new RealtimeOptions { Processor = processor }, $"{_name}.control", $"{_name}.body", $"{_name}.json", $"{_name}.log");
        while (!CoreProcess.IsRunning($"{_name}.control"))
        {
            if (_process.HasExited || TimeProvider.System.GetElapsedTime(began) > StartPatience)
                throw new IOException($"edgemas-control does not tick: {Log}");
        }
        Desk = MotionDesk.Attach($"{_name}.control", settings);
        Started = TimeProvider.System.GetElapsedTime(began, Desk.Figures.FirstTickAt);
        _heartbeat = isHost ? new Heartbeat(Desk) : null;
    }

    public RoverPump Body { get; }

    public MotionDesk Desk { get; }

    /// <summary>Path of the core's shared memory, and of the settings that it runs under.</summary>
    public (string Region, string Settings) Paths => ($"{_name}.control", $"{_name}.json");

    /// <summary>Path of the core's program.</summary>
    public string Program { get; }

    /// <summary>From the call that starts the process to its first tick.</summary>
    public TimeSpan Started { get; }

    /// <summary>What the core said, refusals first.</summary>
    public string Log => File.Exists($"{_name}.log") ? File.ReadAllText($"{_name}.log").TrimEnd() : "it said nothing";

    /// <summary>Memory of the core's process that is present, in bytes.</summary>
    public long ResidentBytes => File.ReadLines($"/proc/{_process.Id}/status").Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
        .Select(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024).Single();

    public void Dispose()
    {
        _heartbeat?.Dispose();
        CoreProcess.End(_process.Id);
        _process.WaitForExit(StartPatience);
        _process.Dispose();
        _runner.Dispose();
        Desk.Dispose();
        Body.Dispose();
        foreach (var end in new[] { "body", "control", "json", "log" })
            File.Delete($"{_name}.{end}");
    }
}
