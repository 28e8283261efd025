using EdgeMas.Host.Checkup;
using EdgeMas.Host.Tests.Parts;

namespace EdgeMas.Host.Tests.Checkup;

public sealed class MachineCheckupTests
{
    private static readonly Patient Rover = Patient.Read(Shipped.Rover);

    [Theory]
    [InlineData(true, "Failed")]
    [InlineData(false, "Warning")]
    public async Task A_check_that_breaks_is_a_finding_and_the_others_go_on(bool needed, string verdict)
    {
        var findings = await RunAsync(Rover, new Broken(needed), new ClockCheck());

        Assert.Equal((verdict, "the part is gone"), (findings[0].Verdict.ToString(), findings[0].Text));
        Assert.Equal("clock source", findings[1].Check);
    }

    [Fact]
    public async Task A_configuration_that_cannot_be_used_is_told_error_by_error()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "fleet: yard\nrobott: rover\n", TestContext.Current.CancellationToken);

            var findings = await RunAsync(Patient.Read(file), new ConfigurationCheck());

            Assert.All(findings, finding => Assert.Equal(Verdict.Failed, finding.Verdict));
            Assert.Contains(findings, finding => finding.Text.Contains($"{file}:2:", StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_data_folder_that_nobody_can_write_to_fails()
    {
        var patient = Rover with { Configuration = Rover.Configuration! with { DataDirectory = "/proc/edgemas" } };

        var finding = Assert.Single(await RunAsync(patient, new DataFolderCheck()));

        Assert.Equal(Verdict.Failed, finding.Verdict);
        Assert.Contains("/proc", finding.Mend);
    }

    [Fact]
    public async Task A_data_folder_that_is_not_there_yet_is_not_made_by_looking()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"edgemas-{Guid.NewGuid():N}", "data");
        var patient = Rover with { Configuration = Rover.Configuration! with { DataDirectory = folder } };

        var finding = Assert.Single(await RunAsync(patient, new DataFolderCheck()));

        Assert.Contains("can be made", finding.Text);
        Assert.False(Directory.Exists(Path.GetDirectoryName(folder)));
        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), $".edgemas-doctor-{Environment.ProcessId}"));
    }

    [Fact]
    public async Task A_model_that_is_neither_card_nor_file_fails()
    {
        var patient = Rover with { Configuration = Rover.Configuration! with { Model = Rover.Configuration!.Model with { Name = "no-such-model" } } };

        Assert.Contains(await RunAsync(patient, new ModelsCheck()), finding => finding.Verdict == Verdict.Failed && finding.Text.Contains("no-such-model", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_shipped_planner_is_as_pinned() =>
        Assert.Contains(await RunAsync(Rover, new ModelsCheck()), finding => finding is { Check: "model planner", Verdict: Verdict.Ok });

    private static async Task<List<Finding>> RunAsync(Patient patient, params ICheck[] checks)
    {
        var findings = new List<Finding>();
        await foreach (var finding in new MachineCheckup(checks).RunAsync(patient, TestContext.Current.CancellationToken))
            findings.Add(finding);
        return findings;
    }

    private sealed class Broken(bool needed) : ICheck
    {
        public string Name => "broken";

        public bool IsNeeded(Patient patient) => needed;

        public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellationToken) => throw new InvalidOperationException("the part\nis gone");
    }
}
