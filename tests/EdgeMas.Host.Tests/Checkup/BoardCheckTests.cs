using EdgeMas.Host.Checkup;

namespace EdgeMas.Host.Tests.Checkup;

public sealed class BoardCheckTests : IDisposable
{
    private readonly DirectoryInfo _machine = Directory.CreateTempSubdirectory("edgemas-machine-");

    public void Dispose() => _machine.Delete(recursive: true);

    [Fact]
    public async Task A_known_board_is_named_and_each_bus_is_there_or_says_how_to_enable_it()
    {
        Write("proc/device-tree/model", "Raspberry Pi 4 Model B Rev 1.4\0");
        Write("dev/i2c-1", "");

        var findings = await LookAsync();

        Assert.Equal((Verdict.Ok, "Raspberry Pi 4 Model B (raspberry-pi-4): 26 pins, 5 buses"), (findings[0].Verdict, findings[0].Text));
        Assert.Contains(findings, finding => finding is { Check: "i2c-1", Verdict: Verdict.Ok } && finding.Text.EndsWith("/dev/i2c-1, header pins 3, 5", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding is { Check: "spi0.0", Verdict: Verdict.Warning } && finding.Text.Contains("dtparam=spi=on", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_serial_port_is_there_or_missing_or_has_the_kernels_console_on_it()
    {
        Write("proc/device-tree/model", "Raspberry Pi 4 Model B Rev 1.4\0");
        async Task<Finding> Look() => (await LookAsync()).Single(finding => finding.Check == "serial");

        Assert.Contains("enable_uart=1", (await Look()).Text, StringComparison.Ordinal);
        Write("dev/ttyS0", "");
        File.CreateSymbolicLink(Path.Combine(_machine.FullName, "dev/serial0"), "ttyS0");
        Assert.Equal(Verdict.Ok, (await Look()).Verdict);
        Write("proc/consoles", "tty1                 -WU (EC  p  )    4:1\nttyS0                -W- (E   p a)    4:64\n");
        var finding = await Look();

        Assert.Equal(Verdict.Warning, finding.Verdict);
        Assert.Contains("the kernel's console is on it", finding.Text, StringComparison.Ordinal);
        Assert.Contains("remove 'console=serial0,115200'", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_board_that_nobody_described_is_told_by_its_name()
    {
        Write("proc/device-tree/model", "Banana Pi");

        var finding = Assert.Single(await LookAsync());

        Assert.Equal(Verdict.Warning, finding.Verdict);
        Assert.Contains("'Banana Pi' is none of jetson-orin-nano", finding.Text);
    }

    [Fact]
    public async Task A_computer_without_pins_lacks_nothing() => Assert.Equal(Verdict.Ok, Assert.Single(await LookAsync()).Verdict);

    private Task<IReadOnlyList<Finding>> LookAsync() => new BoardCheck(_machine.FullName).LookAsync(Patient.Read(null), TestContext.Current.CancellationToken);

    private void Write(string path, string text)
    {
        var file = Path.Combine(_machine.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
