using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Xml.Linq;
using EdgeMas.EndToEnd.Program;
using EdgeMas.Testing;

namespace EdgeMas.EndToEnd;

/// <summary>Our drivers in a real Linux kernel with simulated pins and chips.</summary>
public sealed class HilTests
{
    [Fact]
    public async Task Every_suite_passes_on_the_simulated_board()
    {
        RequireBoard();
        var junit = Path.Combine(Path.GetTempPath(), $"edgemas-hil-{Guid.NewGuid():N}.xml");
        try
        {
            using var run = await RobotRun.ProgramAsync(["hil", "run", "--all", "--board", "simboard", "--busy", "--json", "--junit", junit]);

            Assert.True(run.ExitCode == 0, string.Join('\n', run.Lines.Where(line => !line.Contains("\"passed\"", StringComparison.Ordinal))) + run.Errors);
            Assert.Equal(0, run.Summary.GetProperty("failed").GetInt32());
            Assert.Equal(run.Lines.Count - 1, run.Summary.GetProperty("passed").GetInt32());
            var suites = XDocument.Load(junit).Root!;
            Assert.Equal((run.Lines.Count - 1).ToString(CultureInfo.InvariantCulture), (string?)suites.Attribute("tests"));
            Assert.Equal(run.Lines.Count - 1, suites.Descendants("testcase").Count());
        }
        finally
        {
            File.Delete(junit);
        }
    }

    [Theory] // the suites of whole rovers by themselves: all together take longer than a program may run here, as do those whose hosts die (core, arm-core, quadrotor-core), which are left to a person
    [InlineData("rover", true)]
    [InlineData("order", true)]
    [InlineData("rover,order,core,arm-core,quadrotor-core", false)]
    public async Task Every_fault_that_a_suite_names_makes_it_fail(string names, bool isOnly)
    {
        RequireBoard();
        var faults = (await FaultsAsync()).Where(suite => names.Split(',').Contains(suite.Key) == isOnly).ToArray();
        using var run = await RobotRun.ProgramAsync(["hil", "mutate", .. faults.Select(suite => suite.Key), "--busy", "--json"]);

        Assert.True(run.ExitCode == 0, string.Join('\n', run.Lines) + run.Errors);
        Assert.Equal(faults.Sum(suite => suite.Value), run.Summary.GetProperty("passed").GetInt32());
    }

    [Theory]
    [InlineData("stop-and-faults", 7)]
    [InlineData("processes", 5)]
    public async Task A_suite_of_a_file_runs_and_leaves_a_page_with_its_waveforms(string suite, int cases)
    {
        RequireBoard();
        var page = Path.Combine(Path.GetTempPath(), $"edgemas-hil-{Guid.NewGuid():N}.html");
        try
        {
            using var run = await RobotRun.ProgramAsync(["hil", "run", $"hardware/hil/{suite}.yaml", "--json", "--report", page]);

            Assert.True(run.ExitCode == 0, string.Join('\n', run.Lines) + run.Errors);
            Assert.Equal(cases, run.Summary.GetProperty("passed").GetInt32());
            Assert.Contains("PWM 0</text><path", await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(page);
        }
    }

    [Fact]
    public async Task A_run_that_is_told_to_end_takes_its_boards_with_it()
    {
        RequireBoard();
        using var process = Process.Start(RobotRun.StartInfo(["hil", "run", "gpio", "rover"]))!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("passed", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var boards = ChildrenOf(process.Id);
        Assert.NotEmpty(boards);

        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((1, "edgemas: cancelled"), (process.ExitCode, (await errors).Trim()));
        await Until.TrueAsync(() => !boards.Any(IsAlive));
    }

    [Fact]
    public async Task A_suite_with_a_fault_put_in_fails_and_says_what_was_expected()
    {
        RequireBoard();
        using var run = await RobotRun.ProgramAsync(["hil", "run", "gpio", "--fault", "line-4-stuck-low"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(run.Lines, line => line.StartsWith("failed  gpio: an output shows outside", StringComparison.Ordinal));
        Assert.Contains("high at once", string.Join('\n', run.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no suite 'gpi'; did you mean 'gpio'?", "hil", "run", "gpi")]
    [InlineData("there is no board 'pi6'", "hil", "run", "--all", "--board", "pi6")]
    [InlineData("name the suites, or give --all", "hil", "run")]
    [InlineData("name the suites, or give --all", "hil", "run", "gpio", "--all")]
    [InlineData("--limit is 1 to 86400 s", "hil", "run", "--all", "--limit", "0")]
    public async Task Wrong_usage_is_told_with_its_mend(string words, params string[] arguments)
    {
        using var run = await RobotRun.ProgramAsync(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(words, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_that_the_suite_does_not_have_is_told_with_those_it_has()
    {
        using var run = await RobotRun.ProgramAsync(["hil", "run", "pwm", "--fault", "flood"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("suite 'pwm' has no fault 'flood'; it has pwm-output-cut", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_kernel_is_told_with_how_it_is_built()
    {
        using var run = await RobotRun.ProgramAsync(["hil", "run", "--all", "--kernel", Path.GetTempPath()]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("scripts/simboard.sh", run.Errors, StringComparison.Ordinal);
    }

    private static int[] ChildrenOf(int parent) => [.. Process.GetProcesses().Select(static process => process.Id).Where(id => StatusOf(id).Contains($"PPid:\t{parent}"))];

    /// <summary>And no remainder that nobody has waited for.</summary>
    private static bool IsAlive(int process) => StatusOf(process) is { Length: > 0 } status && !status.Any(static line => line.StartsWith("State:\tZ", StringComparison.Ordinal));

    /// <returns>Nothing for one that is gone.</returns>
    private static string[] StatusOf(int process)
    {
        try
        {
            return File.ReadAllLines($"/proc/{process}/status");
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static async Task<Dictionary<string, int>> FaultsAsync()
    {
        using var list = await RobotRun.ProgramAsync(["hil", "list", "--json"]);
        return JsonDocument.Parse(list.Lines[0]).RootElement.EnumerateArray()
            .ToDictionary(suite => suite.GetProperty("suite").GetString()!, suite => suite.GetProperty("faults").GetArrayLength(), StringComparer.Ordinal);
    }

    private static void RequireBoard()
    {
        SharedFiles.Require("hil/linux-uml");
        SharedFiles.Require("hil/boardsim.ko");
        Assert.SkipUnless(RuntimeInformation.ProcessArchitecture == Architecture.X64, "the simulated board's kernel in the shared folder is built for x86-64");
        const string scope = "/proc/sys/kernel/yama/ptrace_scope";
        Assert.SkipWhen(File.Exists(scope) && File.ReadAllText(scope).Trim() == "3", "this computer forbids ptrace, which User-Mode Linux needs");
    }
}
