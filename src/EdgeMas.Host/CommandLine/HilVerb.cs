using System.CommandLine;
using System.Text.Json.Nodes;
using EdgeMas.Control.Arm;
using EdgeMas.Control.Flight;
using EdgeMas.Host.Boards;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Hil;

namespace EdgeMas.Host.CommandLine;

/// <summary><c>edgemas hil run|list</c>: the hardware and its drivers, tested on a board.</summary>
internal static class HilVerb
{
    private const string SimBoard = BoardShelf.Simulated;

    public static Command Create()
    {
        var verb = Verb.Create("hil", "Tests drivers against hardware: pins and chips are stimulated, outputs compared, faults injected.", "edgemas hil run --all --board simboard");
        verb.Add(CreateRun());
        verb.Add(CreateMutate());
        verb.Add(CreateList());
        verb.Add(CreateGuest());
        verb.Add(CreateDriver());
        return verb;
    }

    private static Command CreateRun()
    {
        var fault = new Option<string?>("--fault") { Description = "Break something first, to see the suite fail ('edgemas hil list' shows each suite's faults)" };
        return CreateBoardVerb("run", "Runs suites on a board.", "edgemas hil run gpio pca9685 --board simboard --junit hil.xml", (result, suites) => Fault(result.GetValue(fault), suites), fault);
    }

    private static string[] Fault(string? name, IReadOnlyList<HilSuite> suites)
    {
        if (name is null)
            return [];
        foreach (var suite in suites)
            suite.FindFault(name);
        return ["--fault", name];
    }

    private static Command CreateMutate() => CreateBoardVerb(
        "mutate", "Breaks the board in each way that a suite names, one after another, and passes where the suite fails.", "edgemas hil mutate --all", (_, _) => ["--mutate"]);

    private static Command CreateBoardVerb(string name, string description, string example, Func<ParseResult, IReadOnlyList<HilSuite>, string[]> guestOptions, params Option[] more)
    {
        var suites = new Argument<string[]>("suites") { Description = "Names of suites ('edgemas hil list' shows them), or YAML files of your own", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "Every suite" };
        var board = new Option<string>("--board") { Description = "simboard: a Linux kernel with simulated pins and chips, as a process of this computer", DefaultValueFactory = _ => SimBoard };
        var junit = new Option<string?>("--junit") { Description = "Write the results to this JUnit file, too" };
        var report = new Option<string?>("--report") { Description = "Write the results with pictures of what went over the wires to this HTML file, too" };
        var kernel = new Option<string?>("--kernel") { Description = "Folder of the simulated board's kernel" };
        var limit = new Option<double>("--limit") { Description = "Seconds until the board is stopped", DefaultValueFactory = _ => 600 };
        var busy = new Option<bool>("--busy") { Description = "This computer is busy with other things: of times that have a limit the middle is judged, not the 99th percentile" };
        var boards = new Option<int>("--boards") { Description = "Simulated boards that run suites side by side, 1 to 16: each takes a processor while it drives a robot", DefaultValueFactory = _ => Math.Clamp(Environment.ProcessorCount, 1, 2) };
        boards.Validators.Add(static given => Verb.Bound(given, 1, 16));
        var json = Verb.JsonOption();
        var verb = Verb.Create(name, description, example);
        verb.Add(suites);
        foreach (var option in new Option[] { all, board, boards, junit, report, kernel, limit, busy, json }.Concat(more))
            verb.Add(option);
        verb.Do(async (result, cancellationToken) =>
        {
            if (result.GetValue(board) is not SimBoard and var unknown)
                throw new UsageException($"edgemas: there is no board '{unknown}': --board {SimBoard}");
            var names = result.GetValue(suites) ?? [];
            if (names.Length == 0 == !result.GetValue(all))
                throw new UsageException("edgemas: name the suites, or give --all");
            if (result.GetValue(limit) is not (>= 1 and <= 86_400))
                throw new UsageException("edgemas: --limit is 1 to 86400 s");
            var chosen = names.Length == 0 ? HilSuites.All : HilSuites.Find(names);
            var files = SimBoardFiles.Find(result.GetValue(kernel));
            string[] options = [.. guestOptions(result, chosen), .. result.GetValue(report) is null ? Array.Empty<string>() : ["--waves"], .. result.GetValue(busy) ? ["--busy"] : Array.Empty<string>()];
            string[][] guests = [.. HilSuites.Deal(chosen, result.GetValue(boards)).Select(hand => (string[])["hil", "guest", files.Module, .. hand.Select(suite => suite.Source), .. options])];
            return await RunAsync(guests, [.. chosen.Select(suite => suite.Name)], files, result.GetValue(junit), result.GetValue(report), TimeSpan.FromSeconds(result.GetValue(limit)), result.GetValue(json), cancellationToken);
        });
        return verb;
    }

    private static Command CreateList()
    {
        var json = Verb.JsonOption();
        var verb = Verb.Create("list", "Lists the suites with their faults.", "edgemas hil list");
        verb.Add(json);
        verb.Do((result, _) =>
        {
            if (result.GetValue(json))
            {
                Console.WriteLine(new JsonArray([.. HilSuites.All.Select(JsonNode (suite) => new JsonObject
                {
                    ["suite"] = suite.Name,
                    ["description"] = suite.Description,
                    ["cases"] = new JsonArray([.. suite.Cases.Select(test => JsonValue.Create(test.Name))]),
                    ["faults"] = new JsonArray([.. suite.Faults.Select(fault => JsonValue.Create(fault.Name))]),
                })]).ToJsonString(JsonText.Options));
                return Task.FromResult(ExitCode.Done);
            }
            foreach (var suite in HilSuites.All)
                Console.WriteLine($"{suite.Name,-14} {suite.Description}\n{"",-14} {suite.Cases.Count} cases; faults: {string.Join(", ", suite.Faults.Select(fault => fault.Name))}");
            return Task.FromResult(ExitCode.Done);
        });
        return verb;
    }

    /// <summary>What <c>run</c> starts inside the board.</summary>
    private static Command CreateGuest()
    {
        var module = new Argument<string>("module");
        var suites = new Argument<string[]>("suites") { Arity = ArgumentArity.OneOrMore };
        var fault = new Option<string?>("--fault");
        var mutate = new Option<bool>("--mutate");
        var verb = new Command("guest", "Runs suites inside the simulated board.") { Hidden = true };
        verb.Add(module);
        verb.Add(suites);
        verb.Add(fault);
        var waves = new Option<bool>("--waves");
        verb.Add(mutate);
        verb.Add(waves);
        var busy = new Option<bool>("--busy");
        verb.Add(busy);
        verb.Do((result, _) =>
        {
            var guest = new HilGuest(Console.Out, TimeProvider.System, result.GetValue(waves), result.GetValue(busy));
            var chosen = HilSuites.Find(result.GetRequiredValue(suites));
            if (result.GetValue(mutate))
                guest.Mutate(result.GetRequiredValue(module), chosen);
            else
                guest.Run(result.GetRequiredValue(module), chosen, result.GetValue(fault));
            return Task.FromResult(ExitCode.Done);
        });
        return verb;
    }

    /// <summary>The host that the suites of core and arm kill.</summary>
    private static Command CreateDriver()
    {
        var file = new Argument<string>("file");
        var data = new Argument<string>("data");
        var verb = new Command("driver", "Drives a robot's body to and fro as its host until it is told to end, or killed.") { file, data };
        verb.Hidden = true;
        verb.Do((result, _) =>
        {
            var configuration = ConfigurationReader.Read(result.GetRequiredValue(file));
            var folder = result.GetRequiredValue(data);
            if (configuration.ArmBody is not null)
            {
                var isAside = true;
                new MovingHost<ArmGoal, ArmState>(configuration, Console.Out, _ => ArmGoal.Move((isAside = !isAside) ? ArmCases.Folded : ArmCases.Aside)).Run(Console.In, folder);
            }
            else if (configuration.QuadrotorBody is not null)
            {
                var height = configuration.Quadrotor!.Limits.Floor + 0.1;
                new MovingHost<FlightGoal, FlightState>(configuration, Console.Out, now => now.Body.Mode == FlightMode.Off ? FlightGoal.TakeOff(height) : FlightGoal.Hover()).Run(Console.In, folder);
            }
            else
            {
                new DrivingHost(configuration, Console.Out).Run(Console.In, folder);
            }
            return Task.FromResult(ExitCode.Done);
        });
        return verb;
    }

    /// <param name="guests">What each board runs.</param>
    /// <param name="order">Of the suites in the files that are written.</param>
    private static async Task<int> RunAsync(string[][] guests, List<string> order, SimBoardFiles files, string? junit, string? report, TimeSpan limit, bool json, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var results = new List<HilResult>();
        var gate = new Lock();
        var machine = new SimBoardMachine(files);
        using var signals = new StopSignals(cancellationToken); // boards are sessions of their own: Ctrl-C does not reach them
        using var one = CancellationTokenSource.CreateLinkedTokenSource(signals.Token);

        void Take(string line)
        {
            var result = HilResult.FromJson(line);
            lock (gate)
                results.Add(result);
            Console.WriteLine(json ? (result with { Waves = null }).ToJson() : $"{result.Outcome,-7} {result.Suite}: {result.Case} ({result.Seconds:F2} s){(result.Note is null ? "" : $": {result.Note}")}{(result.Message is null ? "" : $"{Environment.NewLine}        {result.Message.ReplaceLineEndings($"{Environment.NewLine}        ")}")}");
        }

        async Task RunOneAsync(string[] arguments)
        {
            try
            {
                await machine.RunAsync(arguments, Take, limit, TimeProvider.System, one.Token);
            }
            catch
            {
                await one.CancelAsync(); // the others' results would say nothing of all suites
                throw;
            }
        }

        await Task.WhenAll(guests.Select(RunOneAsync));
        results = [.. results.OrderBy(result => order.IndexOf(result.Suite))];
        var seconds = Math.Round(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 1);
        if (junit is not null)
            JUnitFile.Write(junit, results, seconds);
        if (report is not null)
            HtmlReport.Write(report, results, seconds);
        var failed = results.Count(result => result.IsFailure);
        var skipped = results.Count(result => result.Outcome == HilResult.Skipped);
        var passed = results.Count - failed - skipped;
        Console.WriteLine(json
            ? new JsonObject { ["summary"] = new JsonObject { ["passed"] = passed, ["failed"] = failed, ["skipped"] = skipped, ["seconds"] = seconds } }.ToJsonString(JsonText.Options)
            : $"{passed} passed, {failed} failed, {skipped} skipped in {seconds} s");
        return failed == 0 ? ExitCode.Done : ExitCode.Failed;
    }
}
