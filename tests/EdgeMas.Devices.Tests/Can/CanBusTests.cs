using EdgeMas.Devices.Can;
using EdgeMas.Devices.Errors;

namespace EdgeMas.Devices.Tests.Can;

/// <summary>What needs no CAN; the rest runs in the simulated board (<c>edgemas hil run can</c>).</summary>
public sealed class CanBusTests
{
    [Fact]
    public void An_interface_that_is_not_there_is_an_error_with_its_name()
    {
        var error = Assert.Throws<DeviceException>(() => CanBus.Open("can99"));

        Assert.StartsWith("can99: cannot be opened", error.Message, StringComparison.Ordinal);
        Assert.Contains("sudo", error.Message, StringComparison.Ordinal); // what is missing depends on the kernel: CAN, or the interface
    }
}
