using EdgeMas.Devices.Boards;
using EdgeMas.Devices.Chips.Gnss;
using EdgeMas.Devices.Serial;
using EdgeMas.Host.Checkup;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Tests.Parts;

namespace EdgeMas.Host.Tests.Checkup;

public sealed class GnssCheckTests : IDisposable
{
    private readonly DirectoryInfo _machine = Directory.CreateTempSubdirectory("edgemas-machine-");

    public void Dispose() => _machine.Delete(recursive: true);

    [Fact]
    public async Task The_port_is_there_or_missing_or_has_the_kernels_console_on_it()
    {
        var missing = await LookAsync("/dev/ttyS0");
        Assert.Equal(Verdict.Failed, missing.Verdict);
        Assert.Contains("ttyS0", missing.Text, StringComparison.Ordinal);
        Assert.Contains("no such device", missing.Text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@":\s*$", missing.Text); // it says how to enable one

        Write("dev/ttyS0", "");
        Assert.Equal((Verdict.Ok, "4800 baud 8N1"), ((await LookAsync("/dev/ttyS0")).Verdict, (await LookAsync("/dev/ttyS0")).Text.Split(", ")[1]));
        Write("proc/consoles", "ttyS0                -W- (E   p a)    4:64\n");
        var console = await LookAsync("/dev/ttyS0");
        Assert.Equal(Verdict.Failed, console.Verdict);
        Assert.Contains("the kernel's console is on it: remove 'console='", console.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_robot_without_a_receiver_is_not_asked_for_one()
    {
        var check = new GnssCheck(_machine.FullName);
        var patient = Patient.Read(Shipped.DeviceRover);

        Assert.Empty(await check.LookAsync(patient, TestContext.Current.CancellationToken));
        Assert.False(check.IsNeeded(patient));
    }

    private async Task<Finding> LookAsync(string port)
    {
        var configuration = ConfigurationReader.Read(Shipped.DeviceRover) with
        {
            Gnss = new GnssConfiguration(new BoardBus("gnss", BoardBusKind.Serial, port, [], ""), new GnssWiring(port, new SerialSettings(4800))),
        };
        return Assert.Single(await new GnssCheck(_machine.FullName).LookAsync(new Patient("robot.yaml", configuration, []), TestContext.Current.CancellationToken));
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(_machine.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
