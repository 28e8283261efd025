using System.Diagnostics;
using EdgeMas.Benchmarks;

// dotnet run -c Release --project tests/EdgeMas.Benchmarks [publish] [plan-language] [idle] [host] [host-deaf-blind]; no name runs all, each in a process of its own, since most of them
// measure the process. Exit code 1 when a bound does not hold.
string[] all = ["publish", "plan-language", "idle", "host", "host-deaf-blind"];
var asked = args.Length == 0 ? all : args;
if (asked.FirstOrDefault(name => !all.Contains(name)) is { } unknown)
{
    Console.Error.WriteLine($"there is no benchmark '{unknown}'; there are: {string.Join(", ", all)}");
    return 2;
}
var held = true;
foreach (var name in asked)
{
    held &= asked.Length > 1 ? RunAlone(name) : name switch
    {
        "publish" => PublishBenchmark.Run(Console.Out),
        "plan-language" => PlanLanguageBenchmark.Run(Console.Out),
        "idle" => await IdleAgentsBenchmark.RunAsync(Console.Out),
        "host" => await HostBenchmark.RunAsync(Console.Out),
        _ => await HostBenchmark.RunAsync(Console.Out, "audio", "vision"),
    };
}
return held ? 0 : 1;

static bool RunAlone(string name)
{
    using var process = Process.Start(Environment.ProcessPath!, name);
    process.WaitForExit();
    return process.ExitCode == 0;
}
