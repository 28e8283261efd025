using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EdgeMas.Core.Agents;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Skills;
using EdgeMas.Core.Topics;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Benchmarks;

/// <summary>
/// What a process with 32 agents costs that all wait, without a model, a broker or devices: memory, threads, processor time; and how long a call of a
/// skill takes. Bound: 120 MB resident.
/// </summary>
internal static class IdleAgentsBenchmark
{
    private const int Agents = 32;
    private const double MaxMegabytes = 120;
    private const int Calls = 2_000;

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    internal static async Task<bool> RunAsync(TextWriter output)
    {
        var registry = new SkillRegistry();
        var caller = new CallingAgent();
        await using var system = new AgentSystem(new RobotTopics("yard", "rover"), new InProcessBus(TimeProvider.System), registry, TimeProvider.System, NullLoggerFactory.Instance);
        var idle = Enumerable.Range(1, Agents).Select(number => $"agent{number}").Select(name => new AgentSpec(name, () => new IdleAgent(name)));
        await system.StartAsync([.. idle, new AgentSpec("caller", () => caller)], CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));

        using var process = Process.GetCurrentProcess();
        await Task.Delay(Settling, TimeProvider.System); // the compiler's background work ends
        process.Refresh();
        var before = process.TotalProcessorTime;
        await Task.Delay(Idle, TimeProvider.System);
        process.Refresh();
        var busy = process.TotalProcessorTime - before;
        var megabytes = process.WorkingSet64 / 1e6;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Agents} idle agents: {megabytes:0.0} MB resident (bound {MaxMegabytes:0}), {process.Threads.Count} threads, {busy.TotalMilliseconds / Idle.TotalSeconds:0.0} ms of processor a second"));

        var microseconds = await caller.MeasureAsync(Calls);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a call of another agent's skill and its answer: {microseconds:0} µs"));
        return megabytes < MaxMegabytes;
    }

    private sealed class CallingAgent : Agent
    {
        private AgentContext? _context;

        public override ValueTask StartAsync(AgentContext context, CancellationToken cancellationToken)
        {
            _context = context;
            return ValueTask.CompletedTask;
        }

        internal async Task<double> MeasureAsync(int calls)
        {
            using var arguments = JsonDocument.Parse("""{"text": "hello"}""");
            var began = 0L;
            for (var i = -calls; i < calls; i++)
            {
                if (i == 0)
                    began = Stopwatch.GetTimestamp();
                await _context!.CallSkillAsync($"echo_agent{(i & 31) + 1}", arguments.RootElement, null, Taint.None, null, CancellationToken.None);
            }
            return Stopwatch.GetElapsedTime(began).TotalMicroseconds / calls;
        }
    }
}
