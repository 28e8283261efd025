using System.CommandLine;
using System.Text.Json.Nodes;
using EdgeMas.Host.Bench;

namespace EdgeMas.Host.CommandLine;

/// <summary><c>edgemas bench control</c>, <c>estop</c> and <c>kill</c></summary>
internal static class ControlBenchVerb
{
    public static Command CreateControl()
    {
        var seconds = new Option<int>("--seconds") { Description = "How long to measure", DefaultValueFactory = _ => 10 };
        Between(seconds, 1, 3600);
        var rate = new Option<int>("--rate") { Description = "Ticks a second of the core", DefaultValueFactory = _ => 1000 };
        Between(rate, 50, 1000);
        var (load, cpu, json) = (LoadOption(), CpuOption(), Verb.JsonOption());
        var verb = Verb.Create(
            "control", "Measures how late the control loop's ticks begin: in edgemas-control, by PeriodicTimer in this process, and in cyclictest, all at once.",
            "edgemas bench control --seconds 60 --load --json");
        foreach (var option in new Option[] { seconds, rate, load, cpu, json })
            verb.Add(option);
        verb.Do(async (result, cancellationToken) =>
        {
            using var signals = new StopSignals(cancellationToken);
            var report = await new ControlBench(result.GetValue(seconds), result.GetValue(rate), result.GetValue(load), result.GetValue(cpu)).RunAsync(signals.Token);
            Print(report, result.GetValue(json));
            return ExitCode.Done;
        });
        return verb;
    }

    public static Command CreateEStop()
    {
        var count = new Option<int>("--count") { Description = "Stops of each kind", DefaultValueFactory = _ => 500 };
        Between(count, 10, 100_000);
        var (load, cpu, json) = (LoadOption(), CpuOption(), Verb.JsonOption());
        var verb = Verb.Create("estop", "Measures from an emergency stop's request to the actuator's output: within this process, by topic, and in edgemas-control.", "edgemas bench estop --load --json");
        foreach (var option in new Option[] { count, load, cpu, json })
            verb.Add(option);
        verb.Do(async (result, cancellationToken) =>
        {
            using var signals = new StopSignals(cancellationToken);
            var report = await new EStopBench(result.GetValue(count), result.GetValue(load), result.GetValue(cpu)).RunAsync(signals.Token);
            Print(report, result.GetValue(json));
            return ExitCode.Done;
        });
        return verb;
    }

    public static Command CreateKill()
    {
        var count = new Option<int>("--count") { Description = "Hosts to kill", DefaultValueFactory = _ => 200 };
        Between(count, 1, 10_000);
        var (load, cpu, json) = (LoadOption(), CpuOption(), Verb.JsonOption());
        var verb = Verb.Create("kill", "Kills hosts that drive, with SIGKILL at random moments, and measures until edgemas-control brakes. About a second each.", "edgemas bench kill --count 200 --json");
        foreach (var option in new Option[] { count, load, cpu, json })
            verb.Add(option);
        verb.Do(async (result, cancellationToken) =>
        {
            using var signals = new StopSignals(cancellationToken);
            var progress = new Progress<int>(done => Console.Error.Write($"\r{done} of {result.GetValue(count)} killed"));
            var report = await new KillBench(result.GetValue(count), result.GetValue(load), result.GetValue(cpu)).RunAsync(Console.IsErrorRedirected ? null : progress, signals.Token);
            Print(report, result.GetValue(json));
            return (int)report[KillBench.LateName]! == 0 ? ExitCode.Done : ExitCode.Failed;
        });
        return verb;
    }

    /// <summary>The host that <see cref="CreateKill"/> kills.</summary>
    public static Command CreateDriver()
    {
        var region = new Argument<string>("region");
        var settings = new Argument<string>("settings");
        var verb = new Command("driver", "Takes a base over from a core and drives it to and fro until it is killed.") { region, settings };
        verb.Hidden = true;
        verb.Do(async (result, cancellationToken) =>
        {
            await KillBench.DriveAsync(result.GetRequiredValue(region), result.GetRequiredValue(settings), cancellationToken);
            return ExitCode.Done;
        });
        return verb;
    }

    private static Option<bool> LoadOption() => new("--load") { Description = "Keep all processors busy, and this process collecting garbage" };

    private static Option<int?> CpuOption() => new("--cpu") { Description = "Processor that the core stays on" };

    private static void Between(Option<int> option, int least, int most) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() < least || result.GetValueOrDefault<int>() > most)
            result.AddError($"{option.Name} is from {least} to {most}");
    });

    private static void Print(JsonObject report, bool json)
    {
        if (json)
        {
            Console.WriteLine(report.ToJsonString(JsonText.Options));
            return;
        }
        foreach (var (name, value) in report)
        {
            Console.WriteLine(value is JsonObject group
                ? $"{name,-16} {string.Join("  ", group.Select(each => $"{each.Key} {each.Value}"))}"
                : $"{name,-16} {value}");
        }
    }
}
