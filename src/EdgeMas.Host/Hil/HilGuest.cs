using EdgeMas.Host.CommandLine;
using EdgeMas.Simulation.Board;

namespace EdgeMas.Host.Hil;

/// <summary>What runs inside the simulated board: sets it up, runs suites, and writes a line of JSON a case.</summary>
internal sealed class HilGuest(TextWriter output, TimeProvider time)
{
    /// <summary>What the kernel itself holds, for the errors about it.</summary>
    private static readonly Dictionary<int, string> Hogs = new() { [31] = "regulator" };

    /// <param name="module">boardsim.ko.</param>
    /// <param name="faultName">Of one suite's faults; null for a board in order.</param>
    public void Run(string module, IReadOnlyList<HilSuite> suites, string? faultName)
    {
        using var board = SimulatedBoard.Open(module, time, hogs: Hogs);
        foreach (var suite in suites)
            Run(suite, board, faultName is null ? null : FindFault(suite, faultName));
    }

    private static HilFault FindFault(HilSuite suite, string name) => suite.Faults.FirstOrDefault(fault => fault.Name == name)
        ?? throw new UsageException($"edgemas: suite '{suite.Name}' has no fault '{name}'; it has {string.Join(", ", suite.Faults.Select(fault => fault.Name))}");

    private void Run(HilSuite suite, SimulatedBoard board, HilFault? fault)
    {
        var bench = new HilBench(board, time) { IsBroken = fault is not null };
        try
        {
            suite.SetUp(bench);
            fault?.Apply(bench);
            foreach (var test in suite.Cases)
                Report(Run(suite, test, bench));
        }
        finally
        {
            suite.TearDown();
        }
    }

    private HilResult Run(HilSuite suite, HilCase test, HilBench bench)
    {
        var started = time.GetTimestamp();
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
        return new HilResult(suite.Name, test.Name, message is null ? HilResult.Passed : HilResult.Failed, Math.Round(time.GetElapsedTime(started).TotalSeconds, 3), message);
    }

    private void Report(HilResult result)
    {
        output.WriteLine(result.ToJson());
        output.Flush();
    }
}
