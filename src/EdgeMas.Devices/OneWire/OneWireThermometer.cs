using System.Globalization;
using EdgeMas.Devices.Errors;
using EdgeMas.Devices.Sysfs;

namespace EdgeMas.Devices.OneWire;

/// <summary>A thermometer on a 1-Wire bus, through the kernel's w1_therm: DS18B20, DS18S20, DS1822, DS1825, DS28EA00. Reading waits up to 0.75 s for the conversion. Any thread.</summary>
/// <remarks>Source: Linux, <c>Documentation/w1/slaves/w1_therm.rst</c>; Maxim, DS18B20 data sheet 19-7487 rev. 6.</remarks>
public sealed class OneWireThermometer
{
    /// <summary>First byte of the address: the kind of chip.</summary>
    private static readonly string[] Families = ["10", "22", "28", "3b", "42"];

    private readonly string _folder;

    private OneWireThermometer(string folder) => _folder = folder;

    /// <summary>Family and serial number as the kernel writes them: <c>28-0316a2795fff</c>.</summary>
    public string Address => Path.GetFileName(_folder);

    /// <summary>All that answer, in the order of their addresses.</summary>
    /// <param name="root">In front of <c>/sys</c>; empty for this machine.</param>
    /// <exception cref="DeviceException">The board has no 1-Wire bus.</exception>
    public static IReadOnlyList<OneWireThermometer> List(string root = "")
    {
        var folder = $"{root}/sys/bus/w1/devices";
        return Directory.Exists(folder)
            ? [.. SysfsFile.Folders(folder, "*-*").Where(entry => Families.Contains(Path.GetFileName(entry).Split('-')[0], StringComparer.Ordinal)).Select(entry => new OneWireThermometer(entry))]
            : throw new DeviceException(folder, "be listed", "this board has no 1-Wire bus: on a Raspberry Pi add 'dtoverlay=w1-gpio,gpiopin=4' to /boot/firmware/config.txt and restart");
    }

    /// <returns>°C.</returns>
    /// <exception cref="DeviceException">It was unplugged, the checksum is wrong, or it lost its power meanwhile.</exception>
    public double ReadCelsius()
    {
        const string mark = "t=";
        var file = $"{_folder}/w1_slave";
        var text = SysfsFile.Read(file);
        var lines = text.Split('\n');
        if (lines is not [var checksum, var values] || values.LastIndexOf(mark, StringComparison.Ordinal) is not (>= 0 and var at)
            || !int.TryParse(values.AsSpan(at + mark.Length), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var thousandths))
            throw new DeviceException(Address, "be read", "the kernel's driver tells something else than two lines with 'crc=' and 't='");
        if (!checksum.EndsWith("YES", StringComparison.Ordinal))
            throw new DeviceException(Address, "be read", "the checksum is wrong: check the wires' length and the pull-up of 4.7 kΩ to 3.3 V");
        if (thousandths == 85_000 && Address.StartsWith("28-", StringComparison.Ordinal))
            throw new DeviceException(Address, "be read", "it shows 85 °C, its value before the first conversion: it lost its power. Wire VDD to 3.3 V");
        return thousandths / 1000.0;
    }
}
