using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Sysfs;

namespace EdgeMas.Devices.Power;

/// <summary>A battery that the kernel knows: a HAT with a fuel gauge, or a laptop's. Any thread.</summary>
/// <remarks>Source: Linux, <c>Documentation/ABI/testing/sysfs-class-power</c>: µV, µA, tenths of °C.</remarks>
public sealed class Battery
{
    private readonly string _folder;

    private Battery(string folder) => _folder = folder;

    public string Name => Path.GetFileName(_folder);

    /// <summary>The machine's batteries, in the order of their names.</summary>
    /// <param name="root">In front of <c>/sys</c>; empty for this machine.</param>
    public static IReadOnlyList<Battery> List(string root = "") =>
    [
        .. SysfsFile.Folders($"{root}/sys/class/power_supply", "*").Where(folder => SysfsFile.ReadOptional($"{folder}/type") == "Battery").Select(folder => new Battery(folder)),
    ];

    /// <exception cref="DeviceException">It was taken out, or its driver tells nonsense.</exception>
    public BatteryReading Read() => SysfsFile.ReadOptionalNumber($"{_folder}/present") == 0
        ? throw new DeviceException(Name, "be read", "the battery was taken out")
        : new BatteryReading(
            Percent("capacity") / 100.0,
            SysfsFile.ReadOptionalNumber($"{_folder}/voltage_now") / 1e6,
            SysfsFile.ReadOptionalNumber($"{_folder}/current_now") / 1e6,
            SysfsFile.ReadOptionalNumber($"{_folder}/temp") / 10.0,
            SysfsFile.Read($"{_folder}/status"));

    private long? Percent(string file) => SysfsFile.ReadOptionalNumber($"{_folder}/{file}") switch
    {
        null => null,
        >= 0 and <= 100 and var percent => percent,
        var nonsense => throw new DeviceException(_folder, "be read", $"its {file} is {nonsense} %"),
    };
}
