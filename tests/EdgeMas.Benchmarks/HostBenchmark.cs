using System.Diagnostics;
using System.Globalization;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Models;
using EdgeMas.Core.Skills;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Robot;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Benchmarks;

/// <summary>
/// What the whole host costs without a model: the rover of <c>configs/rover-sim.yaml</c> in real time with its embedded broker, link, control loop, simulated yard,
/// recorder and all its agents but those given, and 32 idle agents more. Bound: 120 MB resident
/// where neither the speech and vision models nor OpenCV are loaded; with them the figure is told without a bound.
/// </summary>
internal static class HostBenchmark
{
    private const int Agents = 32;
    private const double MaxMegabytes = 120;

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    internal static async Task<bool> RunAsync(TextWriter output, params string[] without)
    {
        var data = Directory.CreateTempSubdirectory("edgemas-benchmark-");
        try
        {
            var rover = ConfigurationReader.Read(Path.Combine(Checkout(), "configs", "rover-sim.yaml"));
            rover = rover with
            {
                DataDirectory = data.FullName,
                Agents = rover.Agents.ToDictionary(agent => agent.Key, agent => agent.Value with { Enabled = agent.Value.Enabled && !without.Contains(agent.Key) }),
            };
            await using var host = await RobotHost.StartAsync(
                rover, new BusQueue(1_024, OverflowPolicy.DropOldest), (_, _) => Task.FromResult<(ILanguageModel, PromptStyle)>((new NoModel(), PromptStyle.PlannerChatMl)),
                (_, warning) => Console.Error.WriteLine(warning), microphone: null, CancellationToken.None);
            await using var idle = new AgentSystem(host.Topics, host.Bus, new SkillRegistry(), TimeProvider.System, NullLoggerFactory.Instance);
            await idle.StartAsync([.. Enumerable.Range(1, Agents).Select(number => $"agent{number}").Select(name => new AgentSpec(name, () => new IdleAgent(name)))], CancellationToken.None);
            return await MeasureAsync(output, without);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task<bool> MeasureAsync(TextWriter output, string[] without)
    {
        await Task.Delay(Settling, TimeProvider.System);
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        await Task.Delay(Idle, TimeProvider.System);
        process.Refresh();
        var busy = (process.TotalProcessorTime - before).TotalMilliseconds / Idle.TotalSeconds;
        var megabytes = process.WorkingSet64 / 1e6;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"host without a model{(without.Length > 0 ? $" and without {string.Join(", ", without)}" : "")}, {Agents} idle agents: {megabytes:0.0} MB resident ({(without.Length > 0 ? $"bound {MaxMegabytes:0}" : "no bound")}), {process.Threads.Count} threads, {busy:0} ms of processor a second"));
        return without.Length == 0 || megabytes < MaxMegabytes;
    }

    private static string Checkout()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "EdgeMas.sln")))
            directory = directory.Parent;
        return directory.FullName;
    }
}
