using EdgeMas.Host.Boards;
using EdgeMas.Host.CommandLine;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Host.Hil;

/// <summary>What runs inside the simulated board: sets it up, runs suites, and writes a line of JSON a case.</summary>
/// <param name="withWaves">Results carry what went over the wires.</param>
/// <param name="isBusy">As <see cref="HilBench.IsBusy"/>.</param>
internal sealed class HilGuest(TextWriter output, TimeProvider time, bool withWaves = false, bool isBusy = false)
{
    /// <summary>What the kernel itself holds, for the errors about it.</summary>
    private static readonly Dictionary<int, string> Hogs = new() { [31] = "regulator" };

    private static readonly TimeSpan PatienceWithFault = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan HostPatienceWithFault = TimeSpan.FromSeconds(30);

    /// <summary>Reports each case.</summary>
    /// <param name="module">boardsim.ko.</param>
    /// <param name="faultName">Of each of the suites; null for a board in order.</param>
    public void Run(string module, IReadOnlyList<HilSuite> suites, string? faultName)
    {
        using var board = Open(module);
        foreach (var suite in suites)
        {
            foreach (var result in Run(suite, board, faultName is null ? null : suite.FindFault(faultName)))
                Report(result);
        }
    }

    /// <summary>Reports each fault of each suite: passed where the suite fails with it.</summary>
    public void Mutate(string module, IReadOnlyList<HilSuite> suites)
    {
        using var board = Open(module);
        foreach (var (source, name, fault) in suites.SelectMany(suite => suite.Faults.Select(fault => (suite.Source, suite.Name, fault.Name))))
        {
            var started = time.GetTimestamp();
            var suite = HilSuites.Find([source])[0]; // a new one, without the state of the run before
            var caught = Run(suite, board, suite.FindFault(fault)).FirstOrDefault(result => result.IsFailure);
            Report(new HilResult(name, fault, caught is null ? HilResult.Failed : HilResult.Passed, Seconds(started), caught is null ? "the suite passes with this fault" : null));
        }
    }

    private SimulatedBoard Open(string module)
    {
        var folder = BoardShelf.Folder() ?? throw new FailureException("there is no hardware/boards beside the program or above it");
        var pins = BoardFile.Read(Path.Combine(folder, $"{BoardShelf.Simulated}.yaml")).Pins;
        return SimulatedBoard.Open(module, time, pins.ToDictionary(pin => pin.Line, pin => pin.Name), Hogs);
    }

    /// <summary>Runs a case when its result is asked for.</summary>
    private IEnumerable<HilResult> Run(HilSuite suite, SimulatedBoard board, HilFault? fault)
    {
        var bench = fault is null ? new HilBench(board, time) { IsBusy = isBusy } : new HilBench(board, time) { IsBusy = isBusy, Patience = PatienceWithFault, HostPatience = HostPatienceWithFault };
        board.Chips.Pwm.IsCut = false;
        try
        {
            suite.SetUp(bench);
            suite.Break(bench, fault);
            foreach (var test in suite.Cases)
                yield return Run(suite, test, bench);
        }
        finally
        {
            suite.TearDown();
        }
    }

    private HilResult Run(HilSuite suite, HilCase test, HilBench bench)
    {
        var started = time.GetTimestamp();
        bench.BeginCase();
        string? message = null;
        try
        {
            test.Run(bench);
        }
        catch (HilFailure failure)
        {
            message = failure.Message;
        }
        catch (Exception error)
        {
            // Whatever a driver throws is this case's failure; the next one still runs.
            message = $"{error.GetType().Name}: {error.Message}{Environment.NewLine}{error.StackTrace}";
        }
        return new HilResult(suite.Name, test.Name, message is null ? HilResult.Passed : HilResult.Failed, Seconds(started), message) { Note = bench.TakeNotes(), Waves = withWaves ? bench.Waves() : null };
    }

    private double Seconds(long started) => Math.Round(time.GetElapsedTime(started).TotalSeconds, 3);

    private void Report(HilResult result)
    {
        output.WriteLine(result.ToJson());
        output.Flush();
    }
}
