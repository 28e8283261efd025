using EdgeMas.Devices.Boards;
using EdgeMas.Devices.Tests.Sysfs;

namespace EdgeMas.Devices.Tests.Boards;

public sealed class BoardTests : IDisposable
{
    private static readonly BoardBus Pwm = new("pwm", BoardBusKind.Pwm, "/sys/devices/a.pwm/pwm/pwmchip*", [12], "add the overlay");
    private static readonly Board Four = new("four", "Four", ["Board 4"], null, "chip-4", [new(11, "GPIO17", 17), new(13, "GPIO27", 27)], [Pwm]);
    private static readonly Board Simulated = new("sim", "Sim", [], "/dev/sim", "sim", [], []);
    private readonly SysTree _machine = new();

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData("11", 17)]
    [InlineData("GPIO27", 27)]
    [InlineData("gpio27", 27)]
    [InlineData("17", null)] // 17 is a pin of 3.3 V on the header, whatever the line
    public void A_pin_is_found_by_its_number_on_the_header_or_its_name(string pin, int? line) => Assert.Equal(line, Four.FindPin(pin)?.Line);

    [Fact]
    public void The_device_tree_tells_the_board_whatever_its_revision()
    {
        _machine.With("/proc/device-tree/model", "Board 4 Model B Rev 1.5\0");

        Assert.Same(Four, Board.Detect([Simulated, Four], _machine.Root));
    }

    [Fact]
    public void A_node_that_only_one_board_has_tells_it()
    {
        _machine.With("/dev/sim", "");

        Assert.Same(Simulated, Board.Detect([Four, Simulated], _machine.Root));
    }

    [Fact]
    public void Another_computer_is_none_of_them()
    {
        Assert.Null(Board.Detect([Four, Simulated], _machine.Root));
        _machine.With("/proc/device-tree/model", "Board 3");
        Assert.Null(Board.Detect([Four, Simulated], _machine.Root));
    }

    [Fact]
    public void A_bus_whose_number_differs_from_kernel_to_kernel_is_found()
    {
        _machine.With("/sys/devices/a.pwm/pwm/pwmchip3/export", "");

        Assert.Equal($"{_machine.Root}/sys/devices/a.pwm/pwm/pwmchip3", Pwm.Find(_machine.Root));
        Assert.Null(Pwm.Trouble(_machine.Root));
    }

    [Fact]
    public void A_missing_bus_says_how_this_board_enables_it() => Assert.EndsWith("add the overlay", Pwm.Trouble(_machine.Root)!.Message, StringComparison.Ordinal);
}
