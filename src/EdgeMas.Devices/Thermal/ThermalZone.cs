using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Sysfs;

namespace EdgeMas.Devices.Thermal;

/// <summary>A place of the board whose temperature the kernel watches: processor, graphics, battery. Any thread.</summary>
/// <remarks>Source: Linux, <c>Documentation/driver-api/thermal/sysfs-api.rst</c>: thousandths of °C.</remarks>
public sealed class ThermalZone
{
    private readonly string _folder;

    private ThermalZone(string folder)
    {
        _folder = folder;
        Name = SysfsFile.Read($"{folder}/type");
    }

    /// <summary>The driver's word, such as cpu-thermal.</summary>
    public string Name { get; }

    /// <summary>Where the kernel slows the processor or switches off: the lowest critical trip point; null where there is none.</summary>
    public double? CriticalCelsius => SysfsFile.Folders(_folder, "trip_point_*_type")
        .Where(file => SysfsFile.Read(file) == "critical")
        .Select(file => SysfsFile.ReadNumber(file.Replace("_type", "_temp", StringComparison.Ordinal)) / 1000.0 as double?)
        .Min();

    /// <summary>The board's zones, in the order of their names.</summary>
    /// <param name="root">In front of <c>/sys</c>; empty for this machine.</param>
    public static IReadOnlyList<ThermalZone> List(string root = "") => [.. SysfsFile.Folders($"{root}/sys/class/thermal", "thermal_zone*").Select(folder => new ThermalZone(folder))];

    /// <returns>°C.</returns>
    /// <exception cref="DeviceException">Its sensor has no value now, as of a part that is switched off.</exception>
    public double ReadCelsius() => SysfsFile.ReadNumber($"{_folder}/temp") / 1000.0;
}
